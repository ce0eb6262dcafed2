/** The reason of an event or a condition for an error code: `image-pull-failed` is `ImagePullFailed`. Pure. */
export const conditionReason = (code: string): string =>
  code
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
