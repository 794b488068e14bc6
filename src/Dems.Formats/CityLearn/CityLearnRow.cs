namespace Dems.Formats.CityLearn;

/// <summary>One line: where it says it belongs, what it holds, and its refusal when it holds nothing usable. Quantities in Wh.</summary>
internal readonly record struct CityLearnRow(long Line, CityLearnLabel Label, long Load, long Solar, long Heat, long Cooling, ImportRow? Refusal);
