import type { ContainerSpec, HttpProbe } from '../model/kinds/container.ts'

/** The health check of a canonical container in the form of a stack file. Pure. */
export function canonicalHealth({ healthcheck, on_unhealthy }: ContainerSpec): Readonly<Record<string, unknown>> {
  const reaction = on_unhealthy && { on_unhealthy: { ...on_unhealthy, window: `${on_unhealthy.window}ms` } }
  if (healthcheck === undefined || 'disable' in healthcheck) return { ...(healthcheck && { healthcheck }), ...reaction }
  const { interval, timeout, start_period, start_interval } = healthcheck
  const times = Object.entries({ interval, timeout, start_period, start_interval })
  return {
    healthcheck: {
      ...healthcheck,
      ...('http' in healthcheck && { http: { ...healthcheck.http, status: statusText(healthcheck.http) } }),
      ...Object.fromEntries(times.map(([name, ms]) => [name, `${ms}ms`])),
    },
    ...reaction,
  }
}

const statusText = ({ status: { from, to } }: HttpProbe): string => (from === to ? `${from}` : `${from}-${to}`)
