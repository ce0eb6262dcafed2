/** The command with which conmon calls this program when a container exits. */
export const selfCommand = (): readonly string[] => [process.execPath, process.argv[1] ?? '']
