// Loaded where YAML is really parsed: an unchanged file comes from the cache.

export type { Document, Node, YAMLMap } from 'yaml'
export { isAlias, isMap, isScalar, isSeq, parseAllDocuments, stringify } from 'yaml'
