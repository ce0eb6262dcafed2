// Reads a JSON report of vitest. `counts FILE` prints the numbers of passed and failed tests, `counts-of-passed-files FILE` those
// of the files without a failure. `failed-files FILE` prints the other files, a line each; `failures FILE` prints each failed
// test with the first line of its error.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

const [, , question, path] = process.argv
const report = JSON.parse(readFileSync(path, 'utf8'))
const isFailed = ({ status }) => status === 'failed'
const failedFiles = report.testResults.filter(isFailed)
const nameOf = (file) => relative(process.cwd(), file.name)

if (question === 'counts') {
  // A file that fails outside its tests (an import, a hook) counts as one failure.
  const failedOutside = failedFiles.filter((file) => !file.assertionResults.some(isFailed)).length
  console.log(report.numPassedTests, report.numFailedTests + failedOutside)
} else if (question === 'counts-of-passed-files') {
  const tests = report.testResults.filter((file) => !isFailed(file)).flatMap((file) => file.assertionResults)
  console.log(tests.filter(({ status }) => status === 'passed').length, 0)
} else if (question === 'failed-files') {
  for (const file of failedFiles) console.log(nameOf(file))
} else if (question === 'failures') {
  for (const file of failedFiles) {
    const failed = file.assertionResults.filter(isFailed)
    if (failed.length === 0) console.log(`${nameOf(file)}: ${file.message}`)
    for (const { fullName, failureMessages } of failed)
      console.log(`${nameOf(file)}: ${fullName}: ${failureMessages[0]?.split('\n')[0]}`)
  }
} else {
  throw new Error(`unknown question ${question}`)
}
