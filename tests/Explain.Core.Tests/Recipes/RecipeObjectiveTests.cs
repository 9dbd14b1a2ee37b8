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
        recipe.Resolve().ShouldContain("label smoothing: 0\nclass weights: none\n");
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var recipe = Recipe.Parse(Short + "loss: focal(1.5)\nlabel smoothing: 0.1\nclass weights: [1, 2, 0.5]");
        recipe.Loss.Name.ShouldBe("focal(1.5)");
        recipe.LabelSmoothing.ShouldBe(0.1);
        recipe.ClassWeights!.Values.ShouldBe([1, 2, 0.5]);
        Recipe.Parse(Short + "loss: focal\nclass weights: balanced").ClassWeights.ShouldBe(ClassWeights.Balanced);
        Recipe.Parse(Short + "loss: focal\nclass weights: none").ClassWeights.ShouldBeNull();
    }

    [Theory]
    [InlineData("loss: focal(1.5)\nlabel smoothing: 0.1\nclass weights: [1, 2, 0.5]")]
    [InlineData("loss: binary focal\nlabel smoothing: 0.05\nclass weights: balanced")]
    public void A_resolved_recipe_trains_to_the_same_bits(string settings)
    {
        var recipe = Recipe.Parse(Short + settings);
        string resolved = recipe.Resolve();
        Recipe.Parse(resolved).Resolve().ShouldBe(resolved);
        string hash = Train(recipe);
        Train(Recipe.Parse(resolved)).ShouldBe(hash);
        foreach (string line in settings.Split('\n')[1..]) Train(Recipe.Parse(Short + settings.Replace(line, ""))).ShouldNotBe(hash, line);

        static string Train(Recipe recipe)
        {
            var sink = new MemorySink(_ => false);
            RecipeRunner.Run(recipe, RecipeRunner.LoadData(recipe), sink).Outcome.Status.ShouldBe(RunStatus.Finished);
            return sink.Hashes[^1];
        }
    }

    [Theory]
    [InlineData("loss: focal(30)", "line 8: gamma of the loss 'focal' is 30; allowed are values from 0 to 20.")]
    [InlineData("loss: focl", "line 8: 'loss' is 'focl'; did you mean 'focal'?")]
    [InlineData("label smoothing: 1", "line 8: 'label smoothing' is 1; allowed are numbers from 0 to 0.99.")]
    [InlineData("label smoothing: {epsilon: 0.1}", "line 8: 'label smoothing' is a mapping; allowed are numbers from 0 to 0.99.")]
    [InlineData("label smothing: 0.1", "line 8: unknown key 'label smothing'; did you mean 'label smoothing'?")]
    [InlineData("loss: sum of squares\nlabel smoothing: 0.1", "line 9: labels are smoothed under cross-entropies and focal losses, but the loss is 'sum of squares'; leave the label smoothing out or at 0.")]
    [InlineData("class weights: balancd", "line 8: 'class weights' is 'balancd'; did you mean 'balanced'?")]
    [InlineData("class weights: 2", "line 8: 'class weights' is '2'; allowed are 'none' and 'balanced'.")]
    [InlineData("class weights: {a: 1}", "line 8: 'class weights' is a mapping; allowed are 'none', 'balanced' and a list of numbers, one a class.")]
    [InlineData("class weights: [1, -1, 2]", "line 8: 'class weights' is -1; allowed are numbers from 0 to 1000000.")]
    [InlineData("class weights: [1, two]", "line 8: 'class weights' is two; allowed are numbers from 0 to 1000000.")]
    [InlineData("class weights: [0, 0]", "line 8: All class weights are 0, so nothing would be learnt; at least one must be above 0.")]
    [InlineData("class weights: []", "line 8: All class weights are 0, so nothing would be learnt; at least one must be above 0.")]
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
            .ShouldBe("recipe, last layer 'dense3', data 'blobs': There are 2 class weights, but the data 'blobs' has 3 classes; give one weight a class.");
    }
}
