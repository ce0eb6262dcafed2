/** The command with which conmon calls this program when a container exits. */
export const heropodsCommand = (): readonly string[] => [process.execPath, process.argv[1] ?? '']
