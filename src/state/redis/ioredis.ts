// A module of its own, because ioredis is loaded only with the first connection.
export { Redis } from 'ioredis'
