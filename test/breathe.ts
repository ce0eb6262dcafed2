import { setTimeout } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach } from 'vitest'

// The tests wait for commands without turning to events; the runner counts a worker as dead whose answers it misses for a minute.
const breathe = (): Promise<void> => setTimeout(10)
beforeEach(breathe)
afterEach(breathe)
afterAll(breathe)
