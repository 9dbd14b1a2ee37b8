namespace Explain.Core.Tests;

public sealed class RecipeErrorTests
{
    /// <summary>A sound recipe; line n of it is element n − 1.</summary>
    private static readonly string[] Sound =
    [
        "name: a",
        "seed: 1",
        "data: {source: circles, n: 20, validation: 0.2}",
        "network:",
        "  - dense: 4",
        "    activation: tanh",
        "  - dense: 2",
        "loss: softmax cross-entropy",
        "optimizer:",
        "  kind: adam",
        "  rate: 0.01",
        "epochs: 3",
    ];

    [Fact]
    public void The_sound_recipe_is_sound() => Recipe.Parse(string.Join('\n', Sound)).Epochs.ShouldBe(3);

    [Theory]
    // Keys.
    [InlineData(12, "epcohs: 3", "line 12: unknown key 'epcohs'; did you mean 'epochs'?")]
    [InlineData(9, "optimiser:", "line 9: unknown key 'optimiser'; did you mean 'optimizer'?")]
    [InlineData(2, "banana: 1", "line 2: unknown key 'banana'; allowed are 'name', 'title'")]
    [InlineData(2, "name: b", "line 2: the key 'name' comes twice; it stands on line 1 already")]
    [InlineData(2, "[1]: 1", "line 2: a key of the recipe is a list; keys are words")]
    [InlineData(6, "    activaton: tanh", "line 6: unknown key 'activaton'; did you mean 'activation'?")]
    [InlineData(11, "  beta3: 0.9", "line 11: unknown key 'beta3'; did you mean 'beta1'?")]
    [InlineData(
        11, "  momentum: 0.9",
        "line 11: unknown key 'momentum'; allowed are 'kind', 'gradient', 'schedule', 'rate', 'beta1', 'beta2' and 'epsilon'")]
    [InlineData(3, "data: {source: circles, noize: 1}", "line 3: unknown key 'noize'; did you mean 'noise'?")]
    // What is missing.
    [InlineData(1, "title: a", "line 1: 'name' is missing, e.g. 'name: my-experiment'")]
    [InlineData(3, "", "'data' is missing")]
    [InlineData(8, "", "'loss' is missing")]
    [InlineData(12, "", "'epochs' is missing")]
    [InlineData(10, "", "line 11: 'kind' of the optimizer is missing; allowed are 'gradient descent'")]
    [InlineData(3, "data: {n: 20}", "line 3: 'source' of the data is missing; allowed are 'strokes'")]
    [InlineData(6, "", "line 5: the hidden layer has no activation; give it one, or set 'activation' of the recipe for all hidden layers")]
    [InlineData(5, "  - bias: true", "line 5: the layer has no kind and size; write e.g. '- dense: 32'")]
    [InlineData(3, "data: {source: circles, normalise: {mean: 1}}", "line 3: 'std' of 'normalise' is missing")]
    // Wrong types.
    [InlineData(12, "epochs: many", "line 12: 'epochs' is many; allowed are integers from 1 to 1000000")]
    [InlineData(12, "epochs: 2.5", "line 12: 'epochs' is 2.5; allowed are integers")]
    [InlineData(12, "epochs: [3]", "line 12: 'epochs' is a list; allowed are integers")]
    [InlineData(12, "epochs:", "line 12: 'epochs' is nothing; allowed are integers")]
    [InlineData(1, "name: [a]", "line 1: 'name' is a list; a text is expected")]
    [InlineData(7, "  - 2", "line 7: a layer is '2'; a list of layers such as '- dense: 32' is expected")]
    [InlineData(6, "    activation: {relu: 1}", "line 6: 'activation' is a mapping; allowed are 'identity', 'sigmoid'")]
    [InlineData(2, "bias: maybe", "line 2: 'bias' is 'maybe'; allowed are true and false")]
    [InlineData(2, "batch: some", "line 2: 'batch' is 'some'; allowed are 'full' and integers from 1 on")]
    [InlineData(
        2, "early stopping: yes",
        "line 2: 'early stopping' is 'yes'; a mapping with the keys 'measure', 'patience' and 'minimum improvement' is expected")]
    [InlineData(2, "augment: 3", "line 2: 'augment' is '3'; allowed are 'none' and a mapping such as '{shift: 2, rotate: 10}'")]
    [InlineData(
        2, "augment: {elastic: [1]}", "line 2: 'elastic' is a list; a mapping with the keys 'strength' and 'smoothness' is expected")]
    [InlineData(2, "augment: {elastic: weak}", "line 2: 'strength' is weak; allowed are numbers from 0 to 100")]
    [InlineData(
        2, "augment: {elastic: {smoothness: 3}}", "line 2: 'strength' of 'elastic' is missing, e.g. '{strength: 1.4, smoothness: 4}'")]
    [InlineData(2, "augment: {rotat: 10}", "line 2: unknown key 'rotat'; did you mean 'rotate'?")]
    [InlineData(2, "quick: 3", "line 2: 'quick' is '3'; a mapping of paths and values")]
    [InlineData(2, "compare: relu", "line 2: 'compare' is neither a mapping of paths to lists of values nor a list of variants")]
    // Out of range.
    [InlineData(12, "epochs: 0", "line 12: 'epochs' is 0; allowed are integers from 1 to 1000000")]
    [InlineData(2, "seed: -1", "line 2: 'seed' is -1; allowed are integers from 0")]
    [InlineData(2, "snapshots: 1", "line 2: 'snapshots' is 1; allowed are integers from 2 to 10000")]
    [InlineData(2, "batch: 0", "line 2: 'batch' is 0; allowed are integers from 1")]
    [InlineData(11, "  rate: -1", "line 11: 'rate' is -1; allowed are numbers from 0")]
    [InlineData(11, "  rate: .nan", "line 11: 'rate' is .nan; allowed are numbers from 0")]
    [InlineData(11, "  schedule: {kind: step, factor: 2}", "line 11: 'factor' is 2; allowed are numbers from 0 to 1")]
    [InlineData(3, "data: {source: circles, validation: 1}", "line 3: 'validation' is 1; allowed are numbers from 0 to 0.99")]
    [InlineData(3, "data: {source: circles, n: 1}", "line 3: 'n' is 1; allowed are integers from 2")]
    [InlineData(3, "data: {source: circles, normalise: {mean: 0, std: 0}}", "line 3: 'std' is 0; allowed are numbers from 1E-06")]
    [InlineData(5, "  - dense: 0", "line 5: 'dense' is 0; allowed are integers from 1")]
    [InlineData(1, "name: a/b", "line 1: 'name' is 'a/b'; letters, digits, '-', '_' and '.' are allowed")]
    [InlineData(2, "augment: {scale: 1}", "line 2: 'scale' is 1; allowed are numbers from 0 to 0.9")]
    [InlineData(2, "augment: {rotate: -5}", "line 2: 'rotate' is -5; allowed are numbers from 0 to 180")]
    [InlineData(2, "augment: {elastic: {strength: 1, smoothness: 0}}", "line 2: 'smoothness' is 0; allowed are numbers from 0.5 to 64")]
    // Unknown names.
    [InlineData(6, "    activation: rleu", "line 6: 'activation' is 'rleu'; did you mean 'relu'?")]
    [InlineData(6, "    initializer: he norml", "line 6: 'initializer' is 'he norml'; did you mean 'he normal'?")]
    [InlineData(8, "loss: softmax crossentropy", "line 8: 'loss' is 'softmax crossentropy'; did you mean 'softmax cross-entropy'?")]
    [InlineData(10, "  kind: adan", "line 10: 'kind' is 'adan'; did you mean 'adam'?")]
    [InlineData(11, "  schedule: cosin", "line 11: 'kind' is 'cosin'; did you mean 'cosine'?")]
    [InlineData(11, "  gradient: average", "line 11: 'gradient' is 'average'; allowed are 'mean' and 'sum'")]
    [InlineData(3, "data: {source: circle}", "line 3: 'source' is 'circle'; did you mean 'circles'?")]
    [InlineData(2, "targets: onehot", "line 2: 'targets' is 'onehot'; did you mean 'one-hot'?")]
    [InlineData(2, "keep: first", "line 2: 'keep' is 'first'; allowed are 'last' and 'best'")]
    [InlineData(2, "keep: {measure: test accuracy}", "line 2: 'measure' is 'test accuracy'; allowed are 'validation loss'")]
    [InlineData(3, "data: {source: circles, normalise: unit}", "line 3: 'normalise' is 'unit'; allowed are 'none', 'standard'")]
    [InlineData(6, "    activation: leaky relu(2)", "line 6: slope of the activation 'leaky relu' is 2; allowed are values from 0 to 1")]
    // What does not fit together.
    [InlineData(
        8, "loss: cross-entropy",
        "line 7: the loss 'cross-entropy' takes probabilities, but outputs of 'identity' need not lie between 0 and 1; "
            + "end the last layer in 'softmax' or 'sigmoid', or use the loss 'softmax cross-entropy' with 'identity'.")]
    [InlineData(
        8, "loss: binary cross-entropy",
        "line 7: the loss 'binary cross-entropy' takes probabilities, but outputs of 'identity' need not lie between 0 and 1; "
            + "end the last layer in 'sigmoid', or use the loss 'binary cross-entropy on logits'")]
    [InlineData(2, "compare: {loss: [softmax cross-entropy, cross-entropy]}", "line 7: the loss 'cross-entropy' takes probabilities")]
    [InlineData(7, "  - {dense: 2, name: dense1}", "line 7: there are two layers named 'dense1'; names must differ")]
    [InlineData(7, "  - {conv: 2, kernel: 3, dense: 2}", "line 7: the layer is of two kinds, 'dense' and 'conv'; a layer is of one")]
    [InlineData(7, "  - {cov: 2, kernel: 3}", "line 7: unknown key 'cov'; did you mean 'conv'?")]
    [InlineData(7, "  - {conv: 2, activation: relu}", "line 7: the layer does not say its 'kernel', e.g. 'kernel: 3'")]
    [InlineData(7, "  - {conv: 2, kernel: 0, activation: relu}", "line 7: 'kernel' is 0; allowed are integers from 1")]
    [InlineData(7, "  - {conv: 2, kernel: 3, pading: same, activation: relu}", "line 7: unknown key 'pading'; did you mean 'padding'?")]
    [InlineData(
        7, "  - {conv: 2, kernel: 3, padding: sam, activation: relu}",
        "line 7: 'padding' is 'sam'; allowed are 'valid', 'same' and a whole number of zeros")]
    [InlineData(
        7, "  - {conv: 2, kernel: 3, padding: 1, padding top: 1, activation: relu}",
        "line 7: 'padding' and 'padding top' are both given; one or the other is allowed")]
    [InlineData(
        7, "  - {max pool: 2, activation: relu}",
        "line 7: unknown key 'activation'; allowed are 'max pool', 'size width', 'stride', 'stride width' and 'name'.")]
    [InlineData(7, "  - max pool", "line 7: the layer does not say its size; write e.g. '- max pool: 2'")]
    [InlineData(7, "  - {conv: , kernel: 3, activation: relu}", "line 7: the layer does not say its filters; write e.g. '- conv: 16'")]
    [InlineData(7, "  - flaten", "line 7: there is no layer kind 'flaten'; did you mean 'flatten'?")]
    [InlineData(7, "  - flatten: 3", "line 7: a layer of the kind 'flatten' has no number behind its kind; leave it empty")]
    [InlineData(7, "  - dropout: 1", "line 7: 'dropout' is 1; allowed are numbers from 0 to 0.999")]
    [InlineData(7, "  - {batch norm: , momentum: 2}", "line 7: 'momentum' is 2; allowed are numbers from 0 to 1")]
    [InlineData(
        7, "  - dropout",
        "line 7: the last layer is of the kind 'dropout', which has no units of its own; end in e.g. '- dense: 10', one unit a class")]
    [InlineData(7, "  - {dense: 2, name: a b}", "line 7: the layer name 'a b' is not allowed")]
    [InlineData(
        7, "  - {dense: 2, bias: false, bias start: 1}", "line 7: the layer has no bias, so 'bias start' means nothing; leave it out")]
    [InlineData(3, "data: {source: circles, path: x}", "line 3: the data 'circles' is drawn and reads no 'path'; leave it out")]
    [InlineData(3, "data: {source: circles, label: x}", "line 3: the data 'circles' has no columns to take a 'label' from")]
    [InlineData(2, "compare: {activation: relu}", "line 2: 'activation' of 'compare' is 'relu'; a list of values to compare is expected")]
    [InlineData(2, "compare: {activaton: [relu, tanh]}", "line 2: unknown key 'activaton'; did you mean 'activation'?")]
    [InlineData(2, "compare: {epochs: [1, 0]}", "line 2: 'epochs' is 0; allowed are integers from 1")]
    [InlineData(2, "compare: {epochs: [1, 1]}", "line 2: 2 variants of the comparison are named '1'")]
    [InlineData(2, "compare: {network.7.dense: [1, 2]}", "line 2: '7' is no place in network, a list of 2; allowed are 0 to 1")]
    [InlineData(2, "compare: [relu]", "line 2: a variant is 'relu'; a mapping of paths and values")]
    [InlineData(2, "quick: {epochs: 0}", "line 2: 'epochs' is 0; allowed are integers from 1")]
    // Not YAML, or more than recipes need.
    [InlineData(2, "seed: [1", "this is not YAML")]
    [InlineData(2, "\tseed: 1", "this is not YAML")]
    [InlineData(2, "seed: &a 1", "line 2: anchors, aliases and tags have no meaning in a recipe")]
    [InlineData(2, "seed: *a", "line 2: anchors, aliases and tags have no meaning in a recipe")]
    [InlineData(2, "seed: !x 1", "line 2: anchors, aliases and tags have no meaning in a recipe")]
    [InlineData(12, "---", "a second document begins here")]
    [InlineData(2, "seed: [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]", "line 2: lists and mappings are nested more than 16 deep")]
    public void A_wrong_line_is_told_with_its_number(int line, string text, string message)
    {
        string[] lines = [.. Sound];
        lines[line - 1] = text;
        var error = Should.Throw<InputException>(() => Recipe.Parse(string.Join('\n', lines), "bad.yaml"));
        error.Message.ShouldStartWith("bad.yaml");
        error.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("keep: best", "the validation accuracy is to be watched, but no validation data is taken")]
    [InlineData("early stopping: {patience: 3}", "the validation loss is to be watched, but no validation data is taken")]
    public void What_is_watched_must_be_there(string line, string message)
    {
        string[] lines = [.. Sound];
        lines[1] = line;
        lines[2] = "data: circles";
        Should.Throw<InputException>(() => Recipe.Parse(string.Join('\n', lines))).Message.ShouldContain($"line 2: {message}");
    }

    [Fact]
    public void Everything_wrong_is_told_at_once_in_the_order_of_lines()
    {
        string[] lines = [.. Sound];
        lines[11] = "epochs: 0";
        lines[1] = "sed: 1";
        lines[9] = "  kind: adan";
        Should.Throw<InputException>(() => Recipe.Parse(string.Join('\n', lines), "bad.yaml")).Message.Split('\n').ShouldBe(
        [
            "bad.yaml has 3 problems:",
            "  line 2: unknown key 'sed'; did you mean 'seed'?",
            "  line 10: 'kind' is 'adan'; did you mean 'adam'?",
            "  line 12: 'epochs' is 0; allowed are integers from 1 to 1000000.",
        ]);
    }

    [Fact]
    public void An_unknown_kind_does_not_hide_what_is_wrong_beside_it()
    {
        string[] lines = [.. Sound];
        lines[2] = "data: {source: circle, n: many, validation: 2, normalise: unit}";
        lines[9] = "  kind: adan";
        lines[10] = "  rate: fast\n  schedule: {kind: cosin, minimum: low}";
        string told = Should.Throw<InputException>(() => Recipe.Parse(string.Join('\n', lines), "bad.yaml")).Message;
        told.ShouldStartWith("bad.yaml has 8 problems:");
        foreach (string problem in new[]
        {
            "line 3: 'source' is 'circle'", "line 3: 'n' is many", "line 3: 'validation' is 2", "line 3: 'normalise' is 'unit'",
            "line 10: 'kind' is 'adan'", "line 11: 'rate' is fast",
            "line 12: 'kind' is 'cosin'", "line 12: 'minimum' is low",
        })
        {
            told.ShouldContain(problem);
        }
    }

    [Fact]
    public void An_unknown_kind_may_have_any_number_that_some_kind_takes()
    {
        string[] lines = [.. Sound];
        lines[9] = "  kind: adan";
        lines[10] = "  rate: 0.5\n  momentum: 0.9\n  decay: 0.95";
        Should.Throw<InputException>(() => Recipe.Parse(string.Join('\n', lines), "bad.yaml"))
            .Message.ShouldBe("bad.yaml, line 10: 'kind' is 'adan'; did you mean 'adam'?");
    }

    [Fact]
    public void A_last_layer_that_does_not_fit_the_classes_is_named_with_its_recipe_and_the_data()
    {
        string[] lines = [.. Sound];
        lines[6] = "  - {dense: 5, name: answer}";
        Refused().ShouldBe(
            "bad.yaml, last layer 'answer', data 'circles': The network has 5 outputs but the data has 2 classes; "
                + "give the last layer 2 units, or 1 unit with targets 0/1 or ±1.");
        lines[1] = "compare: {network.1.dense: [5]}";
        lines[6] = "  - {dense: 2, name: answer}";
        Refused().ShouldStartWith("bad.yaml, variant '5', last layer 'answer', data 'circles': The network has 5 outputs");

        string Refused()
        {
            var recipe = Recipe.Parse(string.Join('\n', lines), "bad.yaml").Variants[0];
            return Should.Throw<InputException>(() => RecipeRunner.Run(recipe, RecipeRunner.LoadData(recipe))).Message;
        }
    }

    [Theory]
    [InlineData(
        "conv: 3, kernel: 2, activation: relu",
        "bad.yaml, 'network': The conv layer 'conv1' slides a window of 2×2 over 2; allowed are windows of at most 1×2")]
    [InlineData(
        "max pool: 1, stride: 2",
        "bad.yaml, last layer 'pool2' (of the kind 'max pool', which gives 1; end in a dense layer), data 'circles': "
            + "The network has 1 outputs")]
    public void Layers_that_do_not_fit_the_data_are_named_with_the_recipe(string layer, string message)
    {
        string[] lines = [.. Sound];
        lines[4] = lines[5] = "";
        lines[3] = layer.StartsWith("conv", StringComparison.Ordinal) ? $"network: [{{{layer}}}, {{dense: 2}}]"
            : $"network: [{{dense: 2, activation: tanh}}, {{{layer}}}]";
        lines[6] = "";
        lines[7] = "loss: mean squared error\ntargets: one-hot";
        var recipe = Recipe.Parse(string.Join('\n', lines), "bad.yaml");
        Should.Throw<InputException>(() => RecipeRunner.Run(recipe, RecipeRunner.LoadData(recipe))).Message.ShouldStartWith(message);
    }

    [Fact]
    public void Augmentation_of_what_is_no_picture_is_told_with_the_recipe()
    {
        string[] lines = [.. Sound];
        lines[1] = "augment: {shift: 1}";
        var recipe = Recipe.Parse(string.Join('\n', lines), "bad.yaml");
        Should.Throw<InputException>(() => RecipeRunner.Run(recipe, RecipeRunner.LoadData(recipe))).Message.ShouldStartWith(
            "bad.yaml, 'augment': Augmentation moves pixels, but samples of 'circles' are no pictures: they are 2 values in a row");
    }

    [Fact]
    public void What_stands_in_for_a_wrong_layer_is_not_told_of_again()
    {
        string[] lines = [.. Sound];
        lines[1] = "compare: {epochs: [1, 2]}";
        lines[6] = "  - {dense: 2, activation: sofmax}";
        lines[7] = "loss: cross-entropy";
        Should.Throw<InputException>(() => Recipe.Parse(string.Join('\n', lines), "bad.yaml"))
            .Message.ShouldBe("bad.yaml, line 7: 'activation' is 'sofmax'; did you mean 'softmax'?");
        lines[3] = "network: []";
        lines[4] = lines[5] = lines[6] = "";
        Should.Throw<InputException>(() => Recipe.Parse(string.Join('\n', lines), "bad.yaml"))
            .Message.ShouldStartWith("bad.yaml, line 4: 'network' is empty");
    }

    [Fact]
    public void An_empty_recipe_misses_everything() =>
        Should.Throw<InputException>(() => Recipe.Parse("")).Message.Split('\n').Length.ShouldBe(7);

    [Fact]
    public void A_list_is_no_recipe() =>
        Should.Throw<InputException>(() => Recipe.Parse("- a"))
            .Message.ShouldContain("line 1: the recipe is a list; a mapping with the keys 'name'");

    [Fact]
    public void A_missing_file_is_named_and_so_is_the_nearest_recipe_that_there_is()
    {
        Should.Throw<InputException>(() => Recipe.Open("some/where.yaml")).Message.ShouldBe("some/where.yaml: no such file.");
        Should.Throw<InputException>(() => Recipe.Open("circle"))
            .Message.ShouldBe("circle: no such file, and no recipe of that name comes with the program; did you mean 'circles'?");
    }

    [Theory]
    [InlineData("epochs", "0", "--set epochs: 'epochs' is 0; allowed are integers from 1 to 1000000.")]
    [InlineData("epoch", "3", "--set epoch: unknown key 'epoch'; did you mean 'epochs'?")]
    [InlineData("network.5.activation", "relu", "--set network.5.activation: '5' is no place in network, a list of 2; allowed are 0 to 1.")]
    [InlineData("epochs.x", "1", "--set epochs.x: epochs is '3' and has no 'x'.")]
    [InlineData("optimizer.rate", "fast", "--set optimizer.rate: 'rate' is fast; allowed are numbers from 0")]
    [InlineData("title", "[1", "--set title: this is not YAML")]
    public void A_wrong_override_is_told_by_its_path(string path, string value, string message) =>
        Should.Throw<InputException>(() =>
            Recipe.Parse(string.Join('\n', Sound), "bad.yaml", new RecipeOverrides { Set = [new(path, value)] }))
            .Message.ShouldContain(message);
}
