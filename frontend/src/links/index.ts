// Links to a page of the app open it in the app that runs: a browser left to itself would load the app anew, and what the
// person chose on the page would be forgotten.  With Ctrl or the middle button a link opens a window of its own as ever.

interface Component {
  parentElement: HTMLElement | ShadowRoot;
  setTriggerValue: (name: string, value: unknown) => void;
}

const listening = new WeakMap<Component["parentElement"], AbortController>();

export default function follow({ parentElement, setTriggerValue }: Component): () => void {
  listening.get(parentElement)?.abort(); // called again with every run
  const until = new AbortController();
  listening.set(parentElement, until);
  const open = (event: MouseEvent) => {
    const link = (event.target as Element).closest?.(".cv-open");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    setTriggerValue("open", link.getAttribute("href"));
  };
  document.addEventListener("click", open, { signal: until.signal });
  return () => until.abort();
}
