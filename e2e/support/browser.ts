import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

// The browser's library belongs to the web's folder, where its other tools are.
const web = createRequire(new URL('../../packages/web/package.json', import.meta.url));
const { chromium } = web('playwright-core') as typeof import('playwright-core');
const axeSource = readFileSync(web.resolve('axe-core/axe.min.js'), 'utf8');

/** Debian's Chromium, or the one that LEEWAY_CHROMIUM names. */
function findChromium(): string {
  const candidates = [process.env['LEEWAY_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser'];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  if (found === undefined)
    throw new Error('There is no Chromium: run e2e/install-debian, or name one in LEEWAY_CHROMIUM');
  return found;
}

export function launchBrowser(): Promise<Browser> {
  // The sandbox needs rights that a container and root do not have; the pages are our own.
  return chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

export const widths = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
export type Width = keyof typeof widths;
export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** A page of a fresh visitor, with everything that went wrong in it. */
export interface Visit {
  readonly page: Page;
  /** Uncaught errors and errors on the console, in order. */
  readonly faults: string[];
  close(): Promise<void>;
}

export async function visit(
  browser: Browser,
  baseURL: string,
  options: {
    readonly width?: Width;
    readonly theme?: Theme;
    readonly state?: BrowserContextOptions['storageState'];
  } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL,
    viewport: widths[options.width ?? 'desktop'],
    colorScheme: options.theme ?? 'light',
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Amsterdam',
    locale: 'en-GB',
    ...(options.state && { storageState: options.state }),
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // A refused call is shown on the page; what counts here is what the page itself did wrong.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) faults.push(message.text());
  });
  return { page, faults, close: () => context.close() };
}

/** What axe-core finds serious or critical, one line each. */
export async function seriousViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(): Promise<{
          violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
        }>;
      };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(
          ({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.split('\n')[1]?.trim()}`,
        ),
      );
  });
}

const screens = fileURLToPath(new URL('../.screens', import.meta.url));

/** Keeps a picture of the whole page for people to look at; `e2e/.screens` is not committed. */
export async function photograph(page: Page, name: string): Promise<void> {
  mkdirSync(screens, { recursive: true });
  await page.screenshot({ path: join(screens, `${name}.png`), fullPage: true });
}
