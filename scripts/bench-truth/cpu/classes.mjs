// Methods, getters, static and private methods, a constructor and a field's initializer.
class Shape {
  #sides;
  name = label(3);

  constructor(sides) {
    this.#sides = sides;
  }

  get area() {
    let area = this.#sides;
    for (let i = 0; i < 120; i++) area = (((area << 1) ^ (area >>> 3)) + 7) | 0;
    return area;
  }

  #turn(x) {
    for (let i = 0; i < 60; i++) x = (((x << 1) ^ (x >>> 3)) + 7) | 0;
    return x;
  }

  rotate(times) {
    let x = times;
    for (let i = 0; i < 3; i++) x = this.#turn(x);
    return x;
  }

  static compare(a, b) {
    let x = a.#sides - b.#sides;
    for (let i = 0; i < 90; i++) x = (((x << 1) ^ (x >>> 3)) + 7) | 0;
    return x;
  }
}

class Square extends Shape {
  perimeter() {
    let x = super.rotate(1);
    for (let i = 0; i < 20; i++) x = (((x << 1) ^ (x >>> 3)) + 7) | 0;
    return x;
  }
}

function label(x) {
  for (let i = 0; i < 50; i++) x = (((x << 1) ^ (x >>> 3)) + 7) | 0;
  return x;
}

const shape = new Shape(3);
const square = new Square(4);

export function BenchmarkClasses(b) {
  let x = 0;
  for (let i = 0; i < b.n; i++) {
    x ^= shape.area; //= get Shape.area
    x ^= Shape.compare(shape, square); //= Shape.compare
    x ^= square.perimeter(); //= Square.perimeter
    x ^= new Shape(i).name; //= Shape
  }
  b.keep(x);
}

export const parts = {
  'get Shape.area': () => shape.area,
  'Shape.compare': () => Shape.compare(shape, square),
  'Square.perimeter': () => square.perimeter(),
  Shape: () => new Shape(1).name,
};
