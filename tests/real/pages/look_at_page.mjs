// Opens pages from files in Chromium as their readers do, and shows what they see and hear.
//
//   node look_at_page.mjs FILE...
//   node look_at_page.mjs --glance FILE...
//
// Prints JSON, for each file what `look` gives, or what `glance` gives.
import fs from 'node:fs';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';
import puppeteer from 'puppeteer-core';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await puppeteer.launch({
  executablePath: '/usr/bin/chromium',
  headless: true,
  // The tests may run as root, where Chromium has no sandbox.
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
try {
  const seen = [];
  const glancing = process.argv[2] === '--glance';
  for (const file of process.argv.slice(glancing ? 3 : 2)) seen.push(await (glancing ? glance : look)(pathToFileURL(file).href));
  console.log(JSON.stringify(seen));
} finally {
  await browser.close();
}

// Opens a page; what goes wrong is told in the list, from now on.
async function opened(url, errors, prepare = async () => {}) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => errors.push(`page: ${error.message}`));
  // Warnings too.
  page.on('console', (message) => errors.push(`console: ${message.text()}`));
  page.on('request', (request) => {
    if (request.url() !== url) errors.push(`asks for ${request.url()}`);
  });
  await page.setViewport({width: 1200, height: 900});
  await prepare(page);
  await page.goto(url);
  return page;
}

// Whether style and script of a page take effect.
async function glance(url) {
  const errors = [];
  const page = await opened(url, errors);
  const seen = await page.evaluate(() => ({
    styled: getComputedStyle(document.querySelector('main')).maxWidth !== 'none',
    scripted: Boolean(document.querySelector('button')?.checkVisibility()),
  }));
  await page.close();
  return {errors, ...seen};
}

async function look(url) {
  const errors = [];
  const open = (prepare) => opened(url, errors, prepare);
  const seen = {errors};

  // Without scripts: what a reader of any browser gets.
  const plain = await open((page) => page.setJavaScriptEnabled(false));
  seen.said = await plain.evaluate(said);
  seen.hiddenWithoutScripts = await plain.evaluate(hidden);
  seen.pictures = await plain.$$eval('svg', (pictures) => pictures.map((picture) => ({
    names: [...picture.querySelectorAll('.name')].map((name) => name.textContent),
    role: picture.getAttribute('role'),
    title: document.getElementById(picture.getAttribute('aria-labelledby').split(' ')[0]).textContent,
    words: picture.querySelector('desc').textContent,
  })));
  await plain.close();

  // Nothing but the clipboard's own interface can copy here.
  const page = await open((page) => page.evaluateOnNewDocument(() => {
    document.execCommand = () => false;
  }));
  seen.title = await page.title();
  seen.views = [];
  for (const [name, width, scheme] of [['light', 1200, 'light'], ['dark', 1200, 'dark'], ['narrow', 320, 'light'], ['narrow and dark', 320, 'dark']]) {
    await page.setViewport({width, height: 900});
    await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
    seen.views.push({
      name,
      ...await page.evaluate(() => ({
        width: document.documentElement.scrollWidth,
        page: getComputedStyle(document.documentElement).backgroundColor,
        pictures: [...document.querySelectorAll('svg')].filter((picture) => picture.checkVisibility()).length,
        // Letters of the picture as they are shown, in pixels.
        letters: Math.min(...[...document.querySelectorAll('svg text')].filter((text) => text.checkVisibility())
          .map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)),
        outside: [...document.querySelectorAll('svg g')].filter((group) => group.checkVisibility()).flatMap((group) => {
          const box = group.querySelector('rect').getBoundingClientRect();
          return [...group.querySelectorAll('.what, .name, .where')].filter((text) => {
            const its = text.getBoundingClientRect();
            return its.left < box.left || its.right > box.right || its.top < box.top || its.bottom > box.bottom;
          }).map((text) => text.textContent);
        }),
        cut: [...document.querySelectorAll('main *:not(pre *)')].filter((element) =>
          element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 0.5).map((element) => element.outerHTML.slice(0, 99)),
      })),
    });
    // What axe itself says on the console is not the page's.
    const before = errors.length;
    const found = await page.evaluate(`${axe}; axe.run(document)`);
    seen.views.at(-1).axe = found.violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.html.slice(0, 99)).join(' ')}`);
    seen.views.at(-1).rules = found.passes.length;
    errors.length = before;
  }
  await page.setViewport({width: 1200, height: 900});
  seen.copied = await copies(page);

  await page.emulateMediaType('print');
  await page.setViewport({width: 680, height: 900});
  seen.print = await page.evaluate(() => ({
    buttons: [...document.querySelectorAll('button')].filter((button) => button.checkVisibility()).length,
    cut: [...document.querySelectorAll('main *')].filter((element) =>
      element.checkVisibility() && (element.getBoundingClientRect().right > innerWidth + 0.5 || element.scrollWidth > element.clientWidth + 1 && element.matches('pre'))).map((element) => element.outerHTML.slice(0, 99)),
  }));
  seen.print.hidden = await page.evaluate(hidden);
  await page.close();

  const barred = await open((page) => page.evaluateOnNewDocument(() => {
    Object.defineProperty(navigator, 'clipboard', {value: undefined});
    document.execCommand = () => false;
  }));
  await barred.click('button');
  await barred.waitForFunction(() => document.getElementById('said').textContent);
  seen.barred = await barred.evaluate(() => [document.getElementById('said').textContent, getSelection().toString()]);
  await barred.close();

  return seen;
}

// Every text of the page in order, [kind, text]; code, strong text and links marked as in Markdown.
function said() {
  const marked = (node) => [...node.childNodes].map((child) => {
    if (child.nodeType === Node.TEXT_NODE) return child.data;
    if (child.localName === 'code') return `\`${child.textContent}\``;
    if (child.localName === 'strong') return `**${marked(child)}**`;
    if (child.localName === 'a') return `<${child.textContent}>`;
    return marked(child);
  }).join('');
  const texts = [];
  for (const element of document.querySelectorAll('main :is(h1, h2, h3, p, li, th, td, pre)')) {
    if (element.closest('figure, nav')) continue;
    const name = element.closest('blockquote') ? 'note' : element.localName.replace('th', 'td');
    texts.push([name, name === 'pre' ? element.textContent : marked(element)]);
  }
  return texts;
}

// What is in the page but not to be seen.
function hidden() {
  return [...document.querySelectorAll('main :is(h1, h2, h3, p, li, td, pre, code, figcaption)')].filter((element) =>
    !element.closest('nav') && !element.checkVisibility({visibilityProperty: true, opacityProperty: true})).map((element) => element.textContent);
}

// Presses every button for copying by the keyboard; what another page gets by pasting.
async function copies(page) {
  const seen = [];
  const other = await browser.newPage();
  await other.setContent('<textarea></textarea>');
  await page.bringToFront();
  const count = await page.$$eval('button', (buttons) => buttons.length);
  for (let index = 0; index < count; index += 1) {
    const code = await page.evaluate((index) => {
      const button = document.querySelectorAll('button')[index];
      document.getElementById('said').textContent = '';
      getSelection().removeAllRanges();
      button.focus();
      return button.nextElementSibling.textContent;
    }, index);
    await page.keyboard.press(index % 2 ? 'Enter' : 'Space');
    await page.waitForFunction(() => document.getElementById('said').textContent, {timeout: 5000});
    const heard = await page.$eval('#said', (element) => `${element.getAttribute('role')}: ${element.textContent}`);
    await other.bringToFront();
    await other.$eval('textarea', (area) => {
      area.value = '';
      area.focus();
    });
    await other.keyboard.press('KeyV', {commands: ['Paste']});
    const pasted = await other.$eval('textarea', (area) => area.value);
    await page.bringToFront();
    seen.push([code, pasted, heard]);
  }
  await other.close();
  return seen;
}
