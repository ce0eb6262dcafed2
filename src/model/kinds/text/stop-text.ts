/** A stop that ended with SIGKILL: ``ignored SIGTERM for 10 s; set `init: true`, which forwards signals``. `graceMs`: milliseconds. Pure. */
export const ignoredStopText = (signal: string, graceMs: number, hasInit: boolean): string =>
  `ignored ${signal} for ${graceMs / 1000} s${hasInit ? '' : '; set `init: true`, which forwards signals'}`
