/** Three-valued: foreign objects are reported, never repaired. `spec` is what was last applied, read from the host. */
export type Observation<Spec = unknown, Actual = unknown> =
  | { readonly presence: 'owned'; readonly spec: Spec | undefined; readonly actual: Actual }
  | { readonly presence: 'foreign'; readonly actual: Actual }
