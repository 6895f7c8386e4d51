/* What a page lacks when it is opened from a folder: Chromium starts no worker from a file. Loaded before the theme's
   script, which starts the search. */
"use strict";
if (location.protocol === "file:") {
  // The theme turns instant navigation off itself, but then takes it that no page is ever shown.
  const config = document.getElementById("__config");
  const { features, ...others } = JSON.parse(config.textContent);
  config.textContent = JSON.stringify({ ...others, features: features.filter(name => !name.startsWith("navigation.instant")) });

  // The search's script in a hidden frame, which takes messages and answers like a worker.
  window.Worker = class extends EventTarget {
    #frame = document.body.appendChild(Object.assign(document.createElement("iframe"), { hidden: true }));
    #ready;

    constructor(address) {
      super();
      const { contentDocument: page, contentWindow: inside } = this.#frame;
      inside.postMessage = data => this.dispatchEvent(new MessageEvent("message", { data }));
      const script = Object.assign(page.createElement("script"), { src: address });
      this.#ready = new Promise(done => { script.onload = done; });
      page.body.append(script);
    }

    async postMessage(data) {
      await this.#ready;
      this.#frame.contentWindow.dispatchEvent(new MessageEvent("message", { data }));
    }
  };
}
