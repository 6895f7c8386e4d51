"""How light a plot is drawn."""

# Of what is drawn, 0 to 255; what is clear does not count.
LIGHTNESS = """async plot => {
  plot.loading = "eager";
  await plot.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 300, height: 200 });
  const paper = canvas.getContext("2d");
  paper.drawImage(plot, 0, 0, 300, 200);
  const { data } = paper.getImageData(0, 0, 300, 200);
  let light = 0, all = 0;
  for (let i = 0; i < data.length; i += 4) {
    light += data[i + 3] * (data[i] + data[i + 1] + data[i + 2]) / 3;
    all += data[i + 3];
  }
  return light / all;
}"""
