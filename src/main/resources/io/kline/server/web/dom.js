/** An element with properties and children; text becomes text, never markup. */
export function element(tag, properties = {}, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
}

/** Does something in the next frame, however often it is asked for until then. */
export function inNextFrame(act) {
    let frame = 0;
    return () => {
        frame ||= requestAnimationFrame(() => {
            frame = 0;
            act();
        });
    };
}

/** Sets a text, if it is another one. Returns whether it is. */
export function write(target, text) {
    const differs = target.textContent !== text;
    if (differs) {
        target.textContent = text;
    }
    return differs;
}
