/** Calls at the same time share one observation, but none that began before the last change. */
export class SharedObservation<T> {
  private current: Promise<T> | undefined

  /** The observation that is being made, or else a new one. */
  get(observe: () => Promise<T>): Promise<T> {
    if (this.current !== undefined) return this.current
    const observation = observe()
    this.current = observation
    const forget = (): void => {
      if (this.current === observation) this.current = undefined
    }
    observation.then(forget, forget)
    return observation
  }

  /** Something has changed: later calls need a new observation. */
  invalidate(): void {
    this.current = undefined
  }
}
