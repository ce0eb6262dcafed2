/** The top-level keys of a stack file, in the order in which they are written. */
export const topLevelKeys = [
  'apiVersion',
  'kind',
  'metadata',
  'include',
  'reconcile',
  'variables',
  'networks',
  'images',
  'volumes',
  'configs',
  'secrets',
  'containers',
  'services',
] as const
