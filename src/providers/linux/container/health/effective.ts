import type { ContainerSpec, HealthCheck, HealthProbe } from '../../../../model/kinds/container.ts'
import type { ImageConfig, ImageHealthcheck } from '../../../../model/kinds/image.ts'

/** The health check that counts: the container's own, else its image's; undefined where there is none. Pure. */
export function healthCheckOf(
  { healthcheck }: Pick<ContainerSpec, 'healthcheck'>,
  image: ImageConfig,
): HealthCheck | undefined {
  if (healthcheck !== undefined) return 'disable' in healthcheck ? undefined : healthcheck
  return image.Healthcheck && ofImage(image.Healthcheck)
}

/** An image states nanoseconds; what it leaves out, or states as 0, has Docker's default. */
function ofImage(stated: ImageHealthcheck): HealthCheck | undefined {
  const probe = probeOf(stated.Test ?? [])
  const time = (nanoseconds: number | undefined, otherwise: number): number =>
    nanoseconds ? Math.max(1, Math.round(nanoseconds / 1e6)) : otherwise
  return (
    probe && {
      ...probe,
      interval: time(stated.Interval, 30_000),
      timeout: time(stated.Timeout, 30_000),
      retries: stated.Retries || 3,
      start_period: time(stated.StartPeriod, 0),
      start_interval: time(stated.StartInterval, 5000),
    }
  )
}

function probeOf([kind, ...words]: readonly string[]): HealthProbe | undefined {
  return (kind === 'CMD' || kind === 'CMD-SHELL') && words.length > 0 ? { test: [kind, ...words] } : undefined
}
