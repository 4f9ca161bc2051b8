using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>A point since which log lines and refusals count. Of another kernel all count.</summary>
internal sealed class ExpectationMark
{
    private readonly LinuxKernel? _kernel;
    private readonly long _line;
    private readonly long _refusal;

    private ExpectationMark(LinuxKernel? kernel)
    {
        _kernel = kernel;
        _line = kernel?.Log.NextSequence ?? 0;
        _refusal = kernel?.Refusals.Count ?? 0;
    }

    /// <summary>Since power-on.</summary>
    public static ExpectationMark Start { get; } = new(null);

    /// <summary>From now on.</summary>
    public static ExpectationMark Of(LinuxKernel kernel) => new(kernel);

    public IEnumerable<string> LogOf(LinuxKernel kernel) => kernel.Log.Lines.Skip((int)Math.Max(0, (kernel == _kernel ? _line : 0) - kernel.Log.FirstSequence)).Select(line => line.Text);

    public IEnumerable<Refusal> RefusalsOf(LinuxKernel kernel) => kernel.Refusals.Since(kernel == _kernel ? _refusal : 0);
}
