// Loaded where YAML is really parsed: an unchanged file comes from the cache.

export type { Node, YAMLMap } from 'yaml'
export { Document, isAlias, isMap, isScalar, isSeq, parseAllDocuments, stringify, visit } from 'yaml'
