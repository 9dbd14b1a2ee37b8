namespace Explain.Core.Tests;

/// <summary>What a recipe says about the loss beside its name.</summary>
public sealed class RecipeObjectiveTests
{
    private const string Short = """
        name: clusters
        data: {source: blobs, n: 91, validation: 0.2}
        activation: mish
        network: [{dense: 6}, {dense: 5, activation: gelu}, {dense: 3}]
        optimizer: adam
        epochs: 4
        batch: 16

        """;

    [Fact]
    public void What_is_left_out_is_not_there()
    {
        var recipe = Recipe.Parse(Short + "loss: softmax cross-entropy");
        recipe.LabelSmoothing.ShouldBe(0);
        recipe.ClassWeights.ShouldBeNull();
        recipe.Penalty.ShouldBeNull();
        recipe.Clip.ShouldBeNull();
        recipe.Resolve().ShouldContain("label smoothing: 0\nclass weights: none\noptimizer:");
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var recipe = Recipe.Parse(Short + "loss: focal(1.5)\nlabel smoothing: 0.1\nclass weights: [1, 2, 0.5]");
        recipe.Loss.Name.ShouldBe("focal(1.5)");
        recipe.LabelSmoothing.ShouldBe(0.1);
        recipe.ClassWeights!.Values.ShouldBe([1, 2, 0.5]);
        recipe = Recipe.Parse(Short + "loss: focal\npenalty: {l1: 0.1, l2: 0.2, biases: true}\nclip: {norm: 3}");
        recipe.Penalty.ShouldBe(new Penalty(0.1, 0.2, Biases: true));
        recipe.Clip.ShouldBe(GradientClip.ByNorm(3));
        Recipe.Parse(Short + "loss: focal\nclip: {value: 0.5}").Clip.ShouldBe(GradientClip.ByValue(0.5));
        Recipe.Parse(Short + "loss: focal\npenalty: {l2: 1e-4}").Penalty.ShouldBe(new Penalty(L2: 1e-4));
        Recipe.Parse(Short + "loss: focal", overrides: new RecipeOverrides { Set = [new("penalty.l2", "0.5"), new("clip.norm", "2")] })
            .Resolve()
            .ShouldContain("penalty: {l1: 0, l2: 0.5, biases: false}\nclip: {norm: 2}\n");
        Recipe.Parse(Short + "loss: focal\nclass weights: balanced").ClassWeights.ShouldBe(ClassWeights.Balanced);
        Recipe.Parse(Short + "loss: focal\nclass weights: none").ClassWeights.ShouldBeNull();
    }

    [Theory]
    [InlineData("loss: focal(1.5)\nlabel smoothing: 0.1\nclass weights: [1, 2, 0.5]")]
    [InlineData("loss: binary focal\nlabel smoothing: 0.05\npenalty: {l1: 0.001, l2: 1e-4}\nclip: {norm: 0.2}")]
    [InlineData("loss: softmax cross-entropy\npenalty: {l2: 0.01, biases: true}\nclip: {value: 0.05}")]
    public void A_resolved_recipe_trains_to_the_same_bits(string settings)
    {
        var recipe = Recipe.Parse(Short + settings);
        string resolved = recipe.Resolve();
        Recipe.Parse(resolved).Resolve().ShouldBe(resolved);
        string hash = Train(recipe);
        Train(Recipe.Parse(resolved)).ShouldBe(hash);
        foreach (string line in settings.Split('\n')[1..]) Train(Recipe.Parse(Short + settings.Replace(line, ""))).ShouldNotBe(hash, line);
    }

    [Fact]
    public void Balanced_weights_resolve_to_the_same_bits()
    {
        var recipe = Recipe.Parse(Short + "loss: focal\nclass weights: balanced");
        Recipe.Parse(recipe.Resolve()).ClassWeights.ShouldBe(ClassWeights.Balanced);
        Train(Recipe.Parse(recipe.Resolve())).ShouldBe(Train(recipe));
    }

    [Theory]
    [InlineData("loss: focal(30)", "line 8: gamma of the loss 'focal' is 30; allowed are values from 0 to 20.")]
    [InlineData("loss: focl", "line 8: 'loss' is 'focl'; did you mean 'focal'?")]
    [InlineData("label smoothing: 1", "line 8: 'label smoothing' is 1; allowed are numbers from 0 to 0.99.")]
    [InlineData("label smoothing: {epsilon: 0.1}", "line 8: 'label smoothing' is a mapping; allowed are numbers from 0 to 0.99.")]
    [InlineData("label smothing: 0.1", "line 8: unknown key 'label smothing'; did you mean 'label smoothing'?")]
    [InlineData(
        "loss: sum of squares\nlabel smoothing: 0.1",
        "line 9: labels are smoothed under cross-entropies and focal losses, but the loss is 'sum of squares'; "
            + "leave the label smoothing out or at 0.")]
    [InlineData("class weights: balancd", "line 8: 'class weights' is 'balancd'; did you mean 'balanced'?")]
    [InlineData("class weights: 2", "line 8: 'class weights' is '2'; allowed are 'none' and 'balanced'.")]
    [InlineData(
        "class weights: {a: 1}",
        "line 8: 'class weights' is a mapping; allowed are 'none', 'balanced' and a list of numbers, one a class.")]
    [InlineData("class weights: [1, -1, 2]", "line 8: 'class weights' is -1; allowed are numbers from 0 to 1000000.")]
    [InlineData("class weights: [1, two]", "line 8: 'class weights' is two; allowed are numbers from 0 to 1000000.")]
    [InlineData("class weights: [0, 0]", "line 8: All class weights are 0, so nothing would be learnt; at least one must be above 0.")]
    [InlineData("class weights: []", "line 8: All class weights are 0, so nothing would be learnt; at least one must be above 0.")]
    [InlineData("penalty: 0.1", "line 8: 'penalty' is '0.1'; a mapping with the keys 'l1', 'l2' and 'biases' is expected.")]
    [InlineData("penalty: {l3: 0.1}", "line 8: unknown key 'l3'; did you mean 'l1'?")]
    [InlineData("penalty: {l2: -0.1}", "line 8: 'l2' is -0.1; allowed are numbers from 0 to 1000000.")]
    [InlineData("penalty: {biases: 1}", "line 8: 'biases' is '1'; allowed are true and false.")]
    [InlineData("clip: 1", "line 8: 'clip' is '1'; a mapping with the keys 'norm' and 'value' is expected.")]
    [InlineData("clip: {}", "line 8: 'clip' has neither 'norm' nor 'value'; one of them is expected, e.g. '{norm: 1}'.")]
    [InlineData("clip: {norm: 1, value: 2}", "line 8: 'clip' has both 'norm' and 'value'; one of them is expected, e.g. '{norm: 1}'.")]
    [InlineData("clip: {nrm: 1}", "line 8: unknown key 'nrm'; did you mean 'norm'?")]
    [InlineData("clip: {norm: 0}", "line 8: 'norm' is 0; allowed are numbers from 1E-12 to 1000000000000.")]
    public void A_wrong_line_is_told_with_its_number(string settings, string message)
    {
        if (!settings.StartsWith("loss", StringComparison.Ordinal)) settings += "\nloss: softmax cross-entropy";
        Should.Throw<InputException>(() => Recipe.Parse(Short + settings)).Message.ShouldContain(message);
    }

    [Fact]
    public void Weights_of_another_number_of_classes_are_told_with_the_data()
    {
        var recipe = Recipe.Parse(Short + "loss: softmax cross-entropy\nclass weights: [1, 2]");
        Should.Throw<InputException>(() => RecipeRunner.Run(recipe, RecipeRunner.LoadData(recipe))).Message
            .ShouldBe(
                "recipe, last layer 'dense3', data 'blobs': There are 2 class weights, but the data 'blobs' has 3 classes; "
                    + "give one weight a class.");
    }

    private static string Train(Recipe recipe)
    {
        var sink = new MemorySink(_ => false);
        RecipeRunner.Run(recipe, RecipeRunner.LoadData(recipe), sink).Outcome.Status.ShouldBe(RunStatus.Finished);
        return sink.Hashes[^1];
    }
}
