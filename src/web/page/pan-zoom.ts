/** Moves and scales a picture in its place: by dragging, by the wheel, by keys. */
export class PanZoom {
  /** Whether the last press of a button has moved the picture: then it was no click. */
  hasMoved = false;
  readonly #stage: HTMLElement;
  readonly #svg: SVGSVGElement;
  #scale = 1;
  #x = 0;
  #y = 0;
  #drag: { readonly x: number; readonly y: number; readonly id: number } | undefined;

  constructor(stage: HTMLElement, svg: SVGSVGElement) {
    this.#stage = stage;
    this.#svg = svg;
    this.reset();
    svg.addEventListener('pointerdown', (event) => this.#down(event));
    svg.addEventListener('pointermove', (event) => this.#move(event));
    svg.addEventListener('pointerup', () => {
      this.#drag = undefined;
    });
    svg.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    svg.addEventListener('keydown', (event) => this.#key(event));
  }

  /** All of it, but no larger than it is drawn. */
  reset(): void {
    const { width, height } = this.#svg.viewBox.baseVal;
    const { clientWidth, clientHeight } = this.#stage;
    this.#scale = Math.min(1.4, clientWidth / (width || 1), clientHeight / (height || 1)) || 1;
    this.#x = (clientWidth - width * this.#scale) / 2;
    this.#y = 0;
    this.#apply();
  }

  /** Zooms around a point of the stage, its middle unless said. */
  zoomBy(
    factor: number,
    x: number = this.#stage.clientWidth / 2,
    y: number = this.#stage.clientHeight / 2,
  ): void {
    const scale = Math.min(8, Math.max(0.02, this.#scale * factor));
    this.#x = x - ((x - this.#x) * scale) / this.#scale;
    this.#y = y - ((y - this.#y) * scale) / this.#scale;
    this.#scale = scale;
    this.#apply();
  }

  #apply(): void {
    const { width, height } = this.#svg.viewBox.baseVal;
    this.#svg.style.width = `${width * this.#scale}px`;
    this.#svg.style.height = `${height * this.#scale}px`;
    this.#svg.style.transform = `translate(${this.#x}px, ${this.#y}px)`;
  }

  #down(event: PointerEvent): void {
    this.hasMoved = false;
    if (event.button === 0)
      this.#drag = { x: event.clientX - this.#x, y: event.clientY - this.#y, id: event.pointerId };
  }

  #move(event: PointerEvent): void {
    if (this.#drag === undefined) return;
    const [x, y] = [event.clientX - this.#drag.x, event.clientY - this.#drag.y];
    if (!this.hasMoved && Math.hypot(x - this.#x, y - this.#y) < 4) return;
    if (!this.hasMoved) this.#svg.setPointerCapture(this.#drag.id);
    this.hasMoved = true;
    [this.#x, this.#y] = [x, y];
    this.#apply();
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const { left, top } = this.#stage.getBoundingClientRect();
    this.zoomBy(Math.exp(-event.deltaY / 400), event.clientX - left, event.clientY - top);
  }

  #key(event: KeyboardEvent): void {
    const step = 60;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [step, 0],
      ArrowRight: [-step, 0],
      ArrowUp: [0, step],
      ArrowDown: [0, -step],
    };
    const move = moves[event.key];
    if (move !== undefined) [this.#x, this.#y] = [this.#x + move[0], this.#y + move[1]];
    else if (event.key === '+' || event.key === '=') this.zoomBy(1.3);
    else if (event.key === '-') this.zoomBy(1 / 1.3);
    else if (event.key === '0') this.reset();
    else return;
    event.preventDefault();
    this.#apply();
  }
}
