/** A Postgres server whose database the tests may fill; unset, the tests that need one are skipped. */
export const TEST_DATABASE_URL = process.env['TEST_DATABASE_URL'];
