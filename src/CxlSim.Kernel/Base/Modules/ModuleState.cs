namespace CxlSim.Kernel;

/// <summary>Where a module stands between loading and unloading (<c>enum module_state</c>); the words are those of <c>initstate</c>.</summary>
public enum ModuleState
{
    Coming,
    Live,
    Going,
}
