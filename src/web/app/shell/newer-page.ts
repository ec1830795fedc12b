const RELOADED = 'culprit-reloaded-for';

/** The first script of a page as the server sends it. Its name holds a hash of its content. */
const scriptIn = (html: string): string | undefined => /<script[^>]* src="([^"]+)"/.exec(html)?.[1];

/** The first script that the server has now, if it is not the one that this page runs; null while the server is away. */
export async function newerScript(): Promise<string | null> {
  const own = document.querySelector('script[src]')?.getAttribute('src');
  try {
    const response = await fetch('/', { cache: 'no-store' });
    const script = response.ok ? scriptIn(await response.text()) : undefined;
    return script === undefined || script === own ? null : script;
  } catch {
    return null;
  }
}

/** Reloads the page for a newer script, once for each script, so that it can never loop. False if it did so before. */
export function reloadOnceFor(script: string): boolean {
  if (sessionStorage.getItem(RELOADED) === script) return false;
  sessionStorage.setItem(RELOADED, script);
  location.reload();
  return true;
}
