import { hostAccess, hostPrivileges } from '../../model/kinds/host-access.ts'
import type { Plan, Step } from '../../model/plan.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import { groupBy } from '../../model/values/group-by.ts'
import { visibleLine } from '../../model/values/visible.ts'
import { portText } from './fields/place-items.ts'
import { type Line, line, span } from './lines.ts'
import { shortAddresses } from './names.ts'

/** Lists of containers that other machines reach, or that reach the host, below a plan. Pure. */
export const exposureLines = ({ steps }: Plan): readonly Line[] => [
  ...listed('Reachable from other hosts:', steps, ({ spec }) =>
    spec.ports.filter((port) => !port.host_ip.startsWith('127.')).map(portText),
  ),
  ...listed('With access to the host:', steps, ({ spec }) => [...hostPrivileges(spec), ...hostAccess(spec)]),
]

type ContainerStep = Step & { readonly kind: 'container' }
type Made = ContainerStep & { readonly spec: NonNullable<ContainerStep['spec']> }

const isMade = (step: Step): step is Made =>
  step.kind === 'container' && step.action !== 'delete' && step.spec !== undefined

function listed(title: string, steps: readonly Step[], textsOf: (step: Made) => readonly string[]): readonly Line[] {
  const found = steps.filter(isMade).flatMap((step) => textsOf(step).map((text) => ({ address: step.address, text })))
  if (found.length === 0) return []
  const byText = groupBy(found, ({ address, text }) => `${address.replace(/\.\d+$/, '')} ${text}`)
  return [line(0, span(title, 'warning')), ...[...byText.values()].map((some) => line(2, textOf(some)))]
}

const textOf = (some: readonly { readonly address: ResourceAddress; readonly text: string }[]): string =>
  `${shortAddresses(some.map(({ address }) => address))} ${visibleLine(some[0]?.text ?? '')}`
