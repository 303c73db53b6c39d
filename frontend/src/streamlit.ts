// Streamlit's component protocol (version 1): messages between this frame and the app's page, and nothing else.

export function listen<A>(render: (args: A) => void): void {
  window.addEventListener("message", (event: MessageEvent) => {
    if (event.source === window.parent && event.data?.type === "streamlit:render") render(event.data.args as A);
  });
  post("streamlit:componentReady", { apiVersion: 1 });
}

export function send(value: object): void {
  // The token makes every message a new value, so that the same button pressed twice is two events.
  post("streamlit:setComponentValue", { value: { ...value, token: `${Date.now()}-${Math.random()}` }, dataType: "json" });
}

function setHeight(height: number): void {
  post("streamlit:setFrameHeight", { height });
}

/** Keep the frame as high as the window is below the frame's top, and never lower than ``least``. */
export function fillWindow(least: number): void {
  const fit = () => {
    try {
      const top = window.frameElement?.getBoundingClientRect().top ?? 0;
      const scrolled = window.frameElement?.closest<HTMLElement>('[data-testid="stMain"]')?.scrollTop ?? 0;
      setHeight(Math.max(least, Math.floor(window.parent.innerHeight - top - scrolled - 14)));
    } catch {
      setHeight(least);
    }
  };
  fit();
  // The page above the frame settles a moment after it.
  window.setTimeout(fit, 300);
  window.setTimeout(fit, 1500);
}

function post(type: string, data: object): void {
  window.parent.postMessage({ isStreamlitMessage: true, type, ...data }, "*");
}
