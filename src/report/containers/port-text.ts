import type { PublishedPort } from '../../model/kinds/network.ts'

/** The address of the host through which a port is reached: `0.0.0.0:8080`, `[::1]:8080`. Pure. */
export const hostAddressText = ({ host_ip, published }: PublishedPort): string =>
  `${host_ip.includes(':') ? `[${host_ip}]` : host_ip}:${published}`

/** A port inside a container with its protocol: `80/tcp`. Pure. */
export const targetText = ({ target, protocol }: PublishedPort): string => `${target}/${protocol}`

/** The ports that an image exposes (`80/tcp`) and that a container does not publish. Pure. */
export function unpublishedPorts(
  exposed: readonly string[],
  published: readonly PublishedPort[],
): readonly { readonly port: number; readonly protocol: string }[] {
  const known = new Set(published.map(targetText))
  return exposed
    .filter((text) => /^\d+\/[a-z]+$/.test(text) && !known.has(text))
    .map((text) => ({ port: Number.parseInt(text, 10), protocol: text.split('/')[1] ?? 'tcp' }))
}
