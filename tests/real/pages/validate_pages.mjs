// Holds pages against the rules of HTML.
//
//   node validate_pages.mjs FILE...
//
// Prints a JSON list of what is wrong.
import {HtmlValidate} from 'html-validate';

const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
});
const found = [];
for (const file of process.argv.slice(2)) {
  const report = await validator.validateFile(file);
  for (const result of report.results) {
    for (const message of result.messages) {
      found.push(`${file}:${message.line}:${message.column}: ${message.message} (${message.ruleId})`);
    }
  }
}
console.log(JSON.stringify(found));
