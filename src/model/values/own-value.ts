/**
 * The value of a key that users choose; undefined if the map does not have the key itself. `map[key]` would also find inherited
 * properties such as `toString` and `constructor`.
 */
export const ownValue = <T>(map: Readonly<Record<string, T>> | null | undefined, key: string): T | undefined =>
  map !== null && map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined
