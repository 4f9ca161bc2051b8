using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>A file that is made of text when it is read, and may take writes.</summary>
/// <param name="Mode">Permission bits.</param>
/// <param name="Render">Its text now.</param>
/// <param name="Store">What a write does; null where it cannot be written.</param>
internal sealed record TextFile(int Mode, Func<string> Render, Func<string, SimTask<Errno>>? Store = null);
