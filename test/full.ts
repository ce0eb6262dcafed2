/** True for `npm run test:full`, which also runs the tests that `npm test` leaves out to stay below half an hour. */
export const isFull = process.env.HEROPODS_FULL === '1'
