/**
 * The value under a key that users choose; undefined where the map does not have it itself. `map[key]` would also find what every
 * object inherits: `toString`, `constructor`.
 */
export const own = <T>(map: Readonly<Record<string, T>> | null | undefined, key: string): T | undefined =>
  map !== null && map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined
