namespace Sequencer.Core.Observing;

/// <summary>What records and the observation keep of a frame: POCS's metadata dictionary, in its names.</summary>
internal static class FrameMetadata
{
    public static IReadOnlyDictionary<string, object?> Of(FrameDescription frame, string path)
    {
        var (taken, observation) = (frame.Frame, frame.Observation);
        var metadata = new Dictionary<string, object?>
        {
            ["camera_name"] = taken.Camera.Name,
            ["camera_uid"] = taken.Camera.Uid,
            ["current_exp_num"] = frame.Number,
            ["exptime"] = taken.Seconds,
            ["field_dec"] = observation.Field.DecDegrees,
            ["field_name"] = observation.Field.FieldName,
            ["field_ra"] = observation.Field.RaDegrees,
            ["filepath"] = path,
            ["filter"] = taken.Reading.Filter,
            ["image_id"] = frame.Name.ImageId,
            ["is_primary"] = taken.Camera.IsPrimary,
            ["sequence_id"] = frame.Name.SequenceId,
            ["start_time"] = frame.Name.StartTime,
            ["kind"] = frame.Kind,
            ["stars"] = frame.Stars?.Count,
            ["ra"] = frame.Solution?.Centre.RightAscension.Wrapped().Degrees,
            ["dec"] = frame.Solution?.Centre.Declination.Degrees,
        };
        if (observation.Plan.FilterName is { } request) metadata["filter_request"] = request;
        if (observation.Plan.Tags.Count > 0) metadata["tags"] = string.Join(",", observation.Plan.Tags);

        // The status of the observation fills in the rest; what is known of this very frame stands (DEV-19).
        foreach (var (key, value) in observation.Status()) metadata.TryAdd(key, value);
        return metadata;
    }
}
