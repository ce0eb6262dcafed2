// Loaded with the first connection.
export { Redis } from 'ioredis'
