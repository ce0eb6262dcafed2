import { expect } from 'vitest'
import { type RecordingHost, Stopped } from './recording-host.ts'

export interface Scene {
  readonly host: RecordingHost
  /** What is repeated after a stop. Its outcome does not count. */
  run(): Promise<unknown>
  /** What has to be equal at the end. */
  state(): unknown
}

/**
 * Stops a run before each of its effects, and runs it again on what it left: the end must be the same as without a stop. `betweenRuns` checks
 * what the second run finds. Answers the number of effects.
 */
export async function expectRepeatable(
  makeScene: () => Scene | Promise<Scene>,
  betweenRuns: (scene: Scene) => unknown = () => undefined,
): Promise<number> {
  const whole = await makeScene()
  await whole.run()
  const effects = whole.host.effects.length
  for (let position = 1; position <= effects; position += 1) {
    const scene = await makeScene()
    scene.host.stopAt = position
    await scene.run().catch((error: unknown) => {
      if (!(error instanceof Stopped) && !scene.host.isStopped) throw error
    })
    const place = `stopped before effect ${position}, ${whole.host.effects[position - 1]}`
    expect(scene.host.isStopped, place).toBe(true)
    await betweenRuns(scene)
    scene.host.restart()
    await scene.run()
    expect(scene.state(), place).toEqual(whole.state())
  }
  return effects
}
