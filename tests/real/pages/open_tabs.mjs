// Opens pages of a built site in Chromium and shows what a reader sees: every block of code, those in tabs after a click
// on the tab's label.
//
//   node open_tabs.mjs SITE PATH...
//
// Prints JSON: for each path {"blocks": [text…], "groups": [[{"label", "text", "before"}…]…], "errors": [text…]}.
// `blocks` are those outside of tabs; `before` says whether the block was to be seen before the click.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import puppeteer from 'puppeteer-core';

const [site, ...paths] = process.argv.slice(2);
const TYPES = {'.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml'};

const server = http.createServer((request, response) => {
  let file = path.join(site, decodeURIComponent(new URL(request.url, 'http://x').pathname));
  if (fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, 'index.html');
  if (!fs.existsSync(file)) {
    response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end();
    return;
  }
  response.writeHead(200, {'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream'});
  response.end(fs.readFileSync(file));
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await puppeteer.launch({
  executablePath: '/usr/bin/chromium',
  headless: true,
  // The tests may run as root, where Chromium has no sandbox.
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
try {
  const seen = [];
  for (const each of paths) seen.push(await look(each));
  console.log(JSON.stringify(seen));
} finally {
  await browser.close();
  server.close();
}

async function look(where) {
  // A reader who was never here: Docusaurus remembers the tab that was opened last.
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(`page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`);
  });
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (request.url().startsWith(origin) || request.url().startsWith('data:')) return request.continue();
    errors.push(`asks for ${request.url()}`);
    return request.abort();
  });
  const response = await page.goto(origin + where, {waitUntil: 'networkidle0'});
  if (response.status() !== 200) errors.push(`${where}: ${response.status()}`);

  // Of both sites: the frame of the tabs, their labels, the panels.
  const groups = [];
  for (const group of await page.$$('.theme-tabs-container, .tabbed-set, .tabs-container')) {
    const labels = await group.$$('[role=tab], .tabbed-labels > label');
    const panels = await group.$$('[role=tabpanel], .tabbed-block');
    const before = await Promise.all(panels.map((panel) => panel.isVisible()));
    const tabs = [];
    for (const [index, label] of labels.entries()) {
      await label.click();
      await page.waitForFunction((panel) => panel.checkVisibility(), {timeout: 5000}, panels[index]);
      const visible = await Promise.all(panels.map((panel) => panel.isVisible()));
      if (visible.filter(Boolean).length !== 1) errors.push(`${visible.length} panels, to be seen: ${visible}`);
      tabs.push({
        label: await label.evaluate((element) => element.innerText.trim()),
        text: await panels[index].$eval('pre code', (code) => code.innerText),
        before: before[index],
      });
    }
    groups.push(tabs);
  }
  const blocks = await page.$$eval('article pre code', (codes) =>
    codes.filter((code) => !code.closest('[role=tabpanel], .tabbed-block')).map((code) => code.innerText));
  // What a reader would see of markup that the site did not understand.
  const text = await page.$eval('article', (article) => article.innerText);
  for (const left of ['```', '=== "', '<Tab', 'lexlogs:', '{/*']) {
    if (text.includes(left)) errors.push(`shows ${left}`);
  }
  await context.close();
  return {blocks, groups, errors};
}
