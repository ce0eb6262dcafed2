// Loaded where YAML is really parsed: an unchanged file comes from the cache.
export { parseAllDocuments, stringify } from 'yaml'
