namespace Explain.Render;

/// <summary>Which ways a line goes and turns, segment by segment.</summary>
internal struct Course
{
    private bool _left;
    private bool _right;
    private bool _up;
    private bool _down;
    private bool _clockwise;
    private bool _counterclockwise;
    private int _side;
    private int _changes;

    /// <summary>Whether it never goes back along one of the axes.</summary>
    public readonly bool IsMonotone => !(_left && _right) || !(_up && _down);

    /// <summary>
    /// Whether it turns one way only and goes round no more than once: then it changes between left and right twice, and once more where
    /// segments come again from the beginning.
    /// </summary>
    public readonly bool IsConvex => !(_clockwise && _counterclockwise) && _changes <= 3;

    /// <summary>A segment by (x, y).</summary>
    public void Add(double x, double y)
    {
        _left |= x < 0;
        _right |= x > 0;
        _up |= y < 0;
        _down |= y > 0;
        int side = x < 0 ? -1 : x > 0 ? 1 : 0;
        if (side == 0)
            return;
        _changes += _side != 0 && side != _side ? 1 : 0;
        _side = side;
    }

    /// <summary>A corner, by the cross product of the segments before and after it.</summary>
    public void Turn(double cross)
    {
        _clockwise |= cross > 0;
        _counterclockwise |= cross < 0;
    }
}
