import type { ImageConfig } from '../../../../model/kinds/image.ts'
import { listOf, mapOf, nullable, number, object, optional, type Shape, text } from '../../../../model/values/shape.ts'

/** A field of an image's configuration: it may be absent or null, but not of another type. */
const ofImage = (shape: Shape): Shape => optional(nullable(shape))
/** The configuration of an image, in records and archives. */
export const imageRecord: Shape<ImageConfig> = object({
  Entrypoint: ofImage(listOf(text)),
  Cmd: ofImage(listOf(text)),
  Env: ofImage(listOf(text)),
  WorkingDir: ofImage(text),
  User: ofImage(text),
  Volumes: ofImage(listOf(text)),
  StopSignal: ofImage(text),
  Labels: ofImage(mapOf(text)),
  ExposedPorts: ofImage(listOf(text)),
  Created: ofImage(text),
  Platform: ofImage(text),
  Healthcheck: ofImage(
    object({
      Test: ofImage(listOf(text)),
      Interval: ofImage(number),
      Timeout: ofImage(number),
      StartPeriod: ofImage(number),
      StartInterval: ofImage(number),
      Retries: ofImage(number),
    }),
  ),
})
