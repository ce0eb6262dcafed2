import type { Container } from '../../../generated/stack-file.ts'
import type { Resource } from '../../../model/desired.ts'
import type { ContainerSpec } from '../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { Problems } from '../../check/problem.ts'

/** Refuses `service_completed_successfully` for a container whose restart policy starts it again after every exit. */
export function checkJobs(
  containers: Readonly<Record<string, Container>>,
  resources: ReadonlyMap<ResourceAddress, Resource>,
  problems: Problems,
): void {
  const reported = new Set<string>()
  for (const one of resources.values()) {
    if (one.kind !== 'container') continue
    for (const { container, condition } of one.spec.depends_on) {
      const job = resources.get(container)
      if (condition !== 'service_completed_successfully' || job?.kind !== 'container') continue
      const { service } = job.spec
      if (!isEndless(job.spec) || reported.has(service)) continue
      reported.add(service)
      report(one.spec.service, service, containers[service], problems)
    }
  }
}

const isEndless = ({ restart, keep_alive: isHeldOpen }: ContainerSpec): boolean =>
  !isHeldOpen && (restart.policy === 'always' || restart.policy === 'unless-stopped')

function report(waiting: string, job: string, declared: Container | undefined, problems: Problems): void {
  const inDeploy = declared?.deploy?.restart_policy !== undefined
  const [path, written, line] = inDeploy
    ? [['deploy', 'restart_policy'], 'deploy.restart_policy', 'restart_policy: { condition: on-failure }']
    : [['restart'], `restart: ${declared?.restart}`, 'restart: on-failure']
  problems.add(
    'never-completes',
    ['containers', job, ...path],
    `"${waiting}" waits for "${job}" to complete, and \`${written}\` starts "${job}" again after every exit.`,
    `Write \`${line}\`.`,
    true,
  )
}
