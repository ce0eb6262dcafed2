/** The validator of stack files. It is the largest module, and most commands read no file, so it is loaded when it is needed. */
export const loadValidator = async () => (await import('../../generated/validate-stack.js')).default
