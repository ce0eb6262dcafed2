/** The name of the unit of an instance: `heropods-boot`, or `heropods-boot-staging`. Pure. */
export const bootUnitName = (instance: string, name: string | undefined): string =>
  name ?? (instance === 'default' ? 'heropods-boot' : `heropods-boot-${instance}`)
