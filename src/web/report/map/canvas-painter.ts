import { type Layer, layersOf, type MapScene, type Painter, sizeCanvas } from './painter.ts';
import { screenX, screenY, type Viewport } from './viewport.ts';

/** The fallback without WebGL: every point is an image of a disc, drawn once per color and layer. */
export function createCanvasPainter(): Painter | null {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (context === null) return null;
  return {
    kind: 'canvas',
    canvas,
    paint(scene, view, size, pixelRatio) {
      sizeCanvas(canvas, view, pixelRatio);
      context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
      context.clearRect(0, 0, view.width, view.height);
      for (const layer of layersOf(scene.list).filter((candidate) => !candidate.halo)) {
        context.globalAlpha = layer.alpha;
        paintLayer(context, scene, view, layer, size * layer.grow, pixelRatio);
      }
    },
    destroy() {
      canvas.width = 0;
    },
  };
}

function paintLayer(
  context: CanvasRenderingContext2D,
  scene: MapScene,
  view: Viewport,
  layer: Layer,
  size: number,
  pixelRatio: number,
): void {
  const discs = new Map<number, HTMLCanvasElement>();
  const half = size / 2 + 1;
  for (let k = layer.from; k < layer.to; k += 1) {
    const i = scene.list.order[k] ?? 0;
    const x = screenX(view, scene.positions[2 * i] ?? 0);
    const y = screenY(view, scene.positions[2 * i + 1] ?? 0);
    if (x < -half || y < -half || x > view.width + half || y > view.height + half) continue;
    const color = scene.colorOf[i] ?? 0;
    let disc = discs.get(color);
    if (disc === undefined) {
      disc = discOf(
        scene.palette[color] ?? '#888888',
        layer.outlined ? scene.ink : null,
        size,
        pixelRatio,
      );
      discs.set(color, disc);
    }
    context.drawImage(disc, x - half, y - half, 2 * half, 2 * half);
  }
}

function discOf(
  color: string,
  outline: string | null,
  size: number,
  pixelRatio: number,
): HTMLCanvasElement {
  const disc = document.createElement('canvas');
  disc.width = disc.height = Math.ceil((size + 2) * pixelRatio);
  const context = disc.getContext('2d');
  if (context === null) return disc;
  const middle = disc.width / 2;
  context.beginPath();
  context.arc(middle, middle, (size * pixelRatio) / 2, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.fill();
  if (outline !== null) {
    context.lineWidth = 1.25 * pixelRatio;
    context.strokeStyle = outline;
    context.stroke();
  }
  return disc;
}
