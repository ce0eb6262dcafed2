import { resetAttributes } from './attributes.ts'
import { ChildSlots } from './child-slots.ts'
import { DaemonsCgroup } from './daemons-cgroup.ts'
import { OomScore } from './oom-score.ts'

/** State of this process. All `LocalHost` objects that `forRun` made from one share it. */
export class ThisProcess {
  readonly children = new ChildSlots()
  readonly oomScore = new OomScore()
  readonly daemons = new DaemonsCgroup()
  private attributesReset: Promise<void> | undefined

  resetAttributes(): Promise<void> {
    this.attributesReset ??= resetAttributes()
    return this.attributesReset
  }
}
