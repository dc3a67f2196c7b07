// Reads AsciiDoc pages by Asciidoctor and prints JSON: for each {"blocks": [text…], "titles": [text…], "html", "warnings": [text…]}.
// `titles` are those of the blocks.
//
//   node asciidoc_blocks.mjs FILE...
import Asciidoctor from '@asciidoctor/core';

const asciidoctor = Asciidoctor();
const pages = process.argv.slice(2).map((file) => {
  const logger = asciidoctor.MemoryLogger.create();
  asciidoctor.LoggerManager.setLogger(logger);
  const document = asciidoctor.loadFile(file, {safe: 'secure', standalone: false});
  const html = document.convert();
  const listings = document.findBy({context: 'listing'});
  return {
    blocks: listings.map((block) => `${block.getSource()}\n`),
    titles: listings.map((block) => block.getTitle() ?? ''),
    html,
    warnings: logger.getMessages().map((message) => `${message.getSeverity()}: ${message.getText()}`),
  };
});
console.log(JSON.stringify(pages));
