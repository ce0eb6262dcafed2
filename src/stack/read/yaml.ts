// A module of its own, because YAML is loaded only if a file is not in the cache.

export type { Node, YAMLMap } from 'yaml'
export { Document, isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments, stringify, visit } from 'yaml'
