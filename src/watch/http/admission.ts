/** Counts who is in, so that neither one address nor all together take more room than there is. */
export class Admission {
  private readonly inside = new Map<string, number>()
  private total = 0

  constructor(private readonly most: { readonly all: number; readonly ofOneAddress: number }) {}

  /** Admits one more connection. Returns the function to call when it is closed; undefined: there is no room. */
  enter(address: string): (() => void) | undefined {
    const own = this.inside.get(address) ?? 0
    if (this.total >= this.most.all || own >= this.most.ofOneAddress) return undefined
    this.total += 1
    this.inside.set(address, own + 1)
    return () => this.leave(address)
  }

  private leave(address: string): void {
    this.total -= 1
    const left = (this.inside.get(address) ?? 1) - 1
    if (left > 0) this.inside.set(address, left)
    else this.inside.delete(address)
  }
}
