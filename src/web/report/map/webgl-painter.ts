import { rgbOf } from '../../parts/palette.ts';
import { layersOf, type MapScene, type Painter, sizeCanvas } from './painter.ts';

const VERTEX = `#version 300 es
in vec2 position;
in vec4 color;
uniform vec2 center;
uniform vec2 scale;
uniform float size;
out vec4 fill;
void main() {
  gl_Position = vec4((position - center) * scale, 0.0, 1.0);
  gl_PointSize = size;
  fill = color;
}`;

const FRAGMENT = `#version 300 es
precision highp float;
in vec4 fill;
uniform float size;
uniform float alpha;
uniform float rim;
uniform float halo;
uniform vec3 rimColor;
out vec4 pixel;
void main() {
  float radius = length(gl_PointCoord * 2.0 - 1.0);
  float soft = 2.4 / size;
  float cover = 1.0 - smoothstep(mix(1.0 - soft, 0.0, halo), 1.0, radius);
  float inner = 1.0 - 2.0 * rim / size;
  vec3 rgb = rim > 0.0 ? mix(fill.rgb, rimColor, smoothstep(inner - soft, inner, radius)) : fill.rgb;
  pixel = vec4(rgb, 1.0) * cover * alpha;
}`;

/** Null if the browser has no WebGL 2. `onLost` is called when the context is lost. */
export function createWebglPainter(onLost: () => void): Painter | null {
  const canvas = document.createElement('canvas');
  const gl = canvas.getContext('webgl2', { antialias: false, premultipliedAlpha: true });
  const program = gl === null ? null : link(gl);
  if (gl === null || program === null) return null;
  const at = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
  const [center, scale, size] = [at('center'), at('scale'), at('size')];
  const [alpha, rim, rimColor, halo] = [at('alpha'), at('rim'), at('rimColor'), at('halo')];
  const positions = gl.createBuffer();
  const colors = gl.createBuffer();
  const order = gl.createBuffer();
  // biome-ignore lint/correctness/useHookAtTopLevel: a WebGL call that is named like a React hook
  gl.useProgram(program);
  attribute(gl, program, 'position', positions, 2, gl.FLOAT, false);
  attribute(gl, program, 'color', colors, 4, gl.UNSIGNED_BYTE, true);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, order);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  canvas.addEventListener('webglcontextlost', onLost, { once: true });

  let shown: MapScene | null = null;
  const upload = (scene: MapScene): void => {
    if (scene.positions !== shown?.positions) fill(gl, positions, scene.positions);
    if (scene.colorOf !== shown?.colorOf || scene.palette !== shown.palette) {
      fill(gl, colors, colorsOf(scene));
    }
    if (scene.list !== shown?.list) {
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, scene.list.order, gl.DYNAMIC_DRAW);
    }
    shown = scene;
  };

  return {
    kind: 'webgl',
    canvas,
    paint(scene, view, pointSize, pixelRatio) {
      upload(scene);
      sizeCanvas(canvas, view, pixelRatio);
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.uniform2f(center, view.x, view.y);
      gl.uniform2f(scale, (2 * view.scale) / view.width, (2 * view.scale) / view.height);
      gl.uniform3fv(
        rimColor,
        rgbOf(scene.ink).map((value) => value / 255),
      );
      for (const layer of layersOf(scene.list)) {
        if (layer.to <= layer.from) continue;
        gl.uniform1f(size, pointSize * layer.grow * pixelRatio + 1);
        gl.uniform1f(alpha, layer.alpha);
        gl.uniform1f(halo, layer.halo ? 1 : 0);
        gl.uniform1f(rim, layer.outlined ? 1.25 * pixelRatio : 0);
        gl.drawElements(gl.POINTS, layer.to - layer.from, gl.UNSIGNED_INT, layer.from * 4);
      }
    },
    destroy() {
      canvas.removeEventListener('webglcontextlost', onLost);
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}

function link(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (shader === null) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : null;
}

function attribute(
  gl: WebGL2RenderingContext,
  program: WebGLProgram,
  name: string,
  buffer: WebGLBuffer,
  components: number,
  type: number,
  normalized: boolean,
): void {
  const at = gl.getAttribLocation(program, name);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.enableVertexAttribArray(at);
  gl.vertexAttribPointer(at, components, type, normalized, 0, 0);
}

function fill(
  gl: WebGL2RenderingContext,
  buffer: WebGLBuffer,
  data: AllowSharedBufferSource,
): void {
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
}

function colorsOf(scene: MapScene): Uint8Array<ArrayBuffer> {
  const palette = scene.palette.map(rgbOf);
  const out = new Uint8Array(scene.colorOf.length * 4);
  scene.colorOf.forEach((index, i) => {
    out.set(palette[index] ?? [128, 128, 128], 4 * i);
    out[4 * i + 3] = 255;
  });
  return out;
}
