const HEIGHT = 32;

/** A picture with a line of text over it, in the colours and letters of a style. */
export function titled(picture, text, style) {
    const scale = window.devicePixelRatio;
    const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height + HEIGHT * scale });
    const pen = canvas.getContext('2d');
    pen.fillStyle = style.getPropertyValue('--panel');
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = style.getPropertyValue('--text');
    pen.font = `600 ${14 * scale}px ${style.fontFamily}`;
    pen.textBaseline = 'middle';
    pen.fillText(text, 12 * scale, (HEIGHT / 2) * scale);
    pen.drawImage(picture, 0, HEIGHT * scale);
    return canvas;
}
