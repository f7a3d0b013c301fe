/* Runs before the page is drawn: dark or light as the system is, until the reader chooses. */
(() => {
    const light = matchMedia('(prefers-color-scheme: light)');
    const root = document.documentElement;
    let chosen = null;
    try {
        chosen = localStorage.getItem('theme');
    } catch {
        // This browser keeps nothing: the choice holds until the page is left.
    }
    const apply = () => {
        root.dataset.theme = chosen ?? (light.matches ? 'light' : 'dark');
        dispatchEvent(new Event('themechange'));
    };
    apply();
    light.addEventListener('change', apply);
    addEventListener('DOMContentLoaded', () => {
        document.getElementById('theme').addEventListener('click', () => {
            chosen = root.dataset.theme === 'dark' ? 'light' : 'dark';
            try {
                localStorage.setItem('theme', chosen);
            } catch {
                // As above.
            }
            apply();
        });
    });
})();
