/* One epoch of gradient descent, an example at a time: tanh hidden layers, softmax outputs, cross-entropy.

   The yardstick for the compiled engine: plain loops as one writes them for speed in C. The parameters lie in one
   block, W (n_out rows of n_in) then b, layer by layer; every row is read for the gradient of the layer below and
   moved in the same pass; restrict tells the compiler that arrays do not overlap, and the pragma lets it reorder the
   sum of a dot product, without which it could not use vectors. */
#include <math.h>

typedef double real;

static real dot(const real *restrict x, const real *restrict y, int n) {
    real sum = 0;
#pragma omp simd reduction(+ : sum)
    for (int i = 0; i < n; i++) sum += x[i] * y[i];
    return sum;
}

static void move(real *restrict w, const real *restrict h, real step, int n) {
    for (int i = 0; i < n; i++) w[i] -= step * h[i];
}

static void move_and_pass_back(real *restrict w, const real *restrict h, real *restrict dh, real delta, real eta, int n) {
    const real step = eta * delta;
    for (int i = 0; i < n; i++) {
        dh[i] += delta * w[i];
        w[i] -= step * h[i];
    }
}

static void forward(int layers, const int *sizes, const real *theta, const real *x, real *h) {
    for (int l = 0; l < layers; l++) {
        const int n_in = sizes[l], n_out = sizes[l + 1];
        const real *b = theta + n_in * n_out;
        for (int j = 0; j < n_out; j++) h[j] = dot(theta + j * n_in, x, n_in) + b[j];
        if (l < layers - 1)
            for (int j = 0; j < n_out; j++) h[j] = tanh(h[j]);
        x = h;
        h += n_out;
        theta = b + n_out;
    }
}

/* Sets delta = softmax(z) - y, for targets that sum to one, and returns the loss. */
static real output_delta(const real *restrict z, const real *restrict y, real *restrict delta, int n) {
    real top = z[0], total = 0, at_target = 0;
    for (int j = 1; j < n; j++) top = z[j] > top ? z[j] : top;
    for (int j = 0; j < n; j++) {
        delta[j] = exp(z[j] - top);
        total += delta[j];
        at_target += y[j] * (z[j] - top);
    }
    for (int j = 0; j < n; j++) delta[j] = delta[j] / total - y[j];
    return log(total) - at_target;
}

/* theta and h point behind their ends; delta holds the outputs' and has room for the layers below. */
static void backward(int layers, const int *sizes, real *theta, const real *x, real *h, real *delta, real eta) {
    h -= sizes[layers];
    for (int l = layers - 1; l >= 0; l--) {
        const int n_in = sizes[l], n_out = sizes[l + 1];
        real *b = theta - n_out, *W = b - n_in * n_out, *below = delta + n_out;
        if (l > 0) {
            h -= n_in;
            for (int i = 0; i < n_in; i++) below[i] = 0;
            for (int j = 0; j < n_out; j++) move_and_pass_back(W + j * n_in, h, below, delta[j], eta, n_in);
            for (int i = 0; i < n_in; i++) below[i] *= 1 - h[i] * h[i];
        } else {
            for (int j = 0; j < n_out; j++) move(W + j * n_in, x, eta * delta[j], n_in);
        }
        move(b, delta, eta, n_out);
        theta = W;
        delta = below;
    }
}

/* h and delta have room for all units of layers 1 to `layers`. Returns the mean loss before the updates. */
real epoch(int layers, const int *sizes, real *theta, const real *X, const real *Y, const long long *order, long long n,
           real eta, real *h, real *delta) {
    long parameters = 0, units = 0;
    for (int l = 0; l < layers; l++) {
        parameters += (sizes[l] + 1L) * sizes[l + 1];
        units += sizes[l + 1];
    }
    real loss = 0;
    for (long long i = 0; i < n; i++) {
        const real *x = X + order[i] * sizes[0], *y = Y + order[i] * sizes[layers];
        forward(layers, sizes, theta, x, h);
        loss += output_delta(h + units - sizes[layers], y, delta, sizes[layers]);
        backward(layers, sizes, theta + parameters, x, h + units, delta, eta);
    }
    return loss / n;
}
