namespace DataServices.Hisparc.Events;

/// <summary>The fourteen kinds of event: where each is stored, with which columns, and which upload code fills which column.</summary>
/// <remarks>Two columns are misspelt on disk since the first datastore (squelch_seting, sever_alarm); every reader expects them so.</remarks>
public static class EventTypes
{
    private static readonly Dictionary<string, EventType> _byCode = All().ToDictionary(type => type.Code);

    /// <summary>In the order of the datastore.</summary>
    public static IReadOnlyCollection<EventType> Everything => _byCode.Values;

    /// <summary>The type of an upload code of three letters, or null when there is none.</summary>
    public static EventType? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The type stored in a table of that name, or null when there is none.</summary>
    public static EventType? OfTable(string table) => Everything.FirstOrDefault(type => type.Table == table);

    private static IEnumerable<EventType> All()
    {
        yield return new EventType(
            "CIC",
            "events",
            "HiSPARC event data",
            """
            event_id:U32  timestamp:T32  nanoseconds:U32  ext_timestamp:U64  data_reduction:B8  trigger_pattern:U32  baseline:I16x4=-1
            std_dev:I16x4=-1  n_peaks:I16x4=-1  pulseheights:I16x4=-1  integrals:I32x4=-1  traces:I32x4=-1  event_rate:F32
            """,
            """
            RED=data_reduction EVENTRATE=event_rate TRIGPATTERN=trigger_pattern BL=baseline STDDEV=std_dev NP=n_peaks PH=pulseheights
            IN=integrals TR=traces
            """,
            ["TR"]);

        yield return new EventType(
            "ERR",
            "errors",
            "HiSPARC error messages",
            """
            event_id:U32  timestamp:T32  messages:I32=-1
            """,
            """
            ERRMSG=messages
            """,
            ["ERRMSG"]);

        yield return new EventType(
            "CFG",
            "config",
            "HiSPARC configuration messages",
            """
            event_id:U32  timestamp:T32  gps_latitude:F64  gps_longitude:F64  gps_altitude:F64  mas_version:I32=-1  slv_version:I32=-1
            trig_low_signals:U32  trig_high_signals:U32  trig_external:U32  trig_and_or:B8  precoinctime:F64  coinctime:F64
            postcoinctime:F64  detnum:U16  password:I32=-1  spare_bytes:U8  use_filter:B8  use_filter_threshold:B8  reduce_data:B8
            buffer:I32=-1  startmode:B8  delay_screen:F64  delay_check:F64  delay_error:F64  mas_ch1_thres_low:F64  mas_ch1_thres_high:F64
            mas_ch2_thres_low:F64  mas_ch2_thres_high:F64  mas_ch1_inttime:F64  mas_ch2_inttime:F64  mas_ch1_voltage:F64
            mas_ch2_voltage:F64  mas_ch1_current:F64  mas_ch2_current:F64  mas_comp_thres_low:F64  mas_comp_thres_high:F64
            mas_max_voltage:F64  mas_reset:B8  mas_ch1_gain_pos:U8  mas_ch1_gain_neg:U8  mas_ch2_gain_pos:U8  mas_ch2_gain_neg:U8
            mas_ch1_offset_pos:U8  mas_ch1_offset_neg:U8  mas_ch2_offset_pos:U8  mas_ch2_offset_neg:U8  mas_common_offset:U8
            mas_internal_voltage:U8  mas_ch1_adc_gain:F64  mas_ch1_adc_offset:F64  mas_ch2_adc_gain:F64  mas_ch2_adc_offset:F64
            mas_ch1_comp_gain:F64  mas_ch1_comp_offset:F64  mas_ch2_comp_gain:F64  mas_ch2_comp_offset:F64  slv_ch1_thres_low:F64
            slv_ch1_thres_high:F64  slv_ch2_thres_low:F64  slv_ch2_thres_high:F64  slv_ch1_inttime:F64  slv_ch2_inttime:F64
            slv_ch1_voltage:F64  slv_ch2_voltage:F64  slv_ch1_current:F64  slv_ch2_current:F64  slv_comp_thres_low:F64
            slv_comp_thres_high:F64  slv_max_voltage:F64  slv_reset:B8  slv_ch1_gain_pos:U8  slv_ch1_gain_neg:U8  slv_ch2_gain_pos:U8
            slv_ch2_gain_neg:U8  slv_ch1_offset_pos:U8  slv_ch1_offset_neg:U8  slv_ch2_offset_pos:U8  slv_ch2_offset_neg:U8
            slv_common_offset:U8  slv_internal_voltage:U8  slv_ch1_adc_gain:F64  slv_ch1_adc_offset:F64  slv_ch2_adc_gain:F64
            slv_ch2_adc_offset:F64  slv_ch1_comp_gain:F64  slv_ch1_comp_offset:F64  slv_ch2_comp_gain:F64  slv_ch2_comp_offset:F64
            """,
            """
            CFG_GPS_LAT=gps_latitude CFG_GPS_LONG=gps_longitude CFG_GPS_ALT=gps_altitude CFG_MAS_VERSION=mas_version
            CFG_SLV_VERSION=slv_version CFG_TRIGLOWSIG=trig_low_signals CFG_TRIGHIGHSIG=trig_high_signals CFG_TRIGEXT=trig_external
            CFG_TRIGANDOR=trig_and_or CFG_PRECTIME=precoinctime CFG_CTIME=coinctime CFG_POSTCTIME=postcoinctime CFG_DETNUM=detnum
            CFG_PASSWORD=password CFG_SPAREBYTES=spare_bytes CFG_USEFILTER=use_filter CFG_USEFILTTHRES=use_filter_threshold
            CFG_REDUCE=reduce_data CFG_BUFFER=buffer CFG_STARTMODE=startmode CFG_DELAYSCREEN=delay_screen CFG_DELAYCHECK=delay_check
            CFG_DELAYERROR=delay_error CFG_MAS_CH1THRLOW=mas_ch1_thres_low CFG_MAS_CH1THRHIGH=mas_ch1_thres_high
            CFG_MAS_CH2THRLOW=mas_ch2_thres_low CFG_MAS_CH2THRHIGH=mas_ch2_thres_high CFG_MAS_CH1INTTIME=mas_ch1_inttime
            CFG_MAS_CH2INTTIME=mas_ch2_inttime CFG_MAS_CH1VOLT=mas_ch1_voltage CFG_MAS_CH2VOLT=mas_ch2_voltage
            CFG_MAS_CH1CURR=mas_ch1_current CFG_MAS_CH2CURR=mas_ch2_current CFG_MAS_COMPTHRLOW=mas_comp_thres_low
            CFG_MAS_COMPTHRHIGH=mas_comp_thres_high CFG_MAS_MAXVOLT=mas_max_voltage CFG_MAS_RESET=mas_reset
            CFG_MAS_CH1GAINPOS=mas_ch1_gain_pos CFG_MAS_CH1GAINNEG=mas_ch1_gain_neg CFG_MAS_CH2GAINPOS=mas_ch2_gain_pos
            CFG_MAS_CH2GAINNEG=mas_ch2_gain_neg CFG_MAS_CH1OFFPOS=mas_ch1_offset_pos CFG_MAS_CH1OFFNEG=mas_ch1_offset_neg
            CFG_MAS_CH2OFFPOS=mas_ch2_offset_pos CFG_MAS_CH2OFFNEG=mas_ch2_offset_neg CFG_MAS_COMMOFF=mas_common_offset
            CFG_MAS_INTVOLTAGE=mas_internal_voltage CFG_MAS_CH1ADCGAIN=mas_ch1_adc_gain CFG_MAS_CH1ADCOFF=mas_ch1_adc_offset
            CFG_MAS_CH2ADCGAIN=mas_ch2_adc_gain CFG_MAS_CH2ADCOFF=mas_ch2_adc_offset CFG_MAS_CH1COMPGAIN=mas_ch1_comp_gain
            CFG_MAS_CH1COMPOFF=mas_ch1_comp_offset CFG_MAS_CH2COMPGAIN=mas_ch2_comp_gain CFG_MAS_CH2COMPOFF=mas_ch2_comp_offset
            CFG_SLV_CH1THRLOW=slv_ch1_thres_low CFG_SLV_CH1THRHIGH=slv_ch1_thres_high CFG_SLV_CH2THRLOW=slv_ch2_thres_low
            CFG_SLV_CH2THRHIGH=slv_ch2_thres_high CFG_SLV_CH1INTTIME=slv_ch1_inttime CFG_SLV_CH2INTTIME=slv_ch2_inttime
            CFG_SLV_CH1VOLT=slv_ch1_voltage CFG_SLV_CH2VOLT=slv_ch2_voltage CFG_SLV_CH1CURR=slv_ch1_current
            CFG_SLV_CH2CURR=slv_ch2_current CFG_SLV_COMPTHRLOW=slv_comp_thres_low CFG_SLV_COMPTHRHIGH=slv_comp_thres_high
            CFG_SLV_MAXVOLT=slv_max_voltage CFG_SLV_RESET=slv_reset CFG_SLV_CH1GAINPOS=slv_ch1_gain_pos
            CFG_SLV_CH1GAINNEG=slv_ch1_gain_neg CFG_SLV_CH2GAINPOS=slv_ch2_gain_pos CFG_SLV_CH2GAINNEG=slv_ch2_gain_neg
            CFG_SLV_CH1OFFPOS=slv_ch1_offset_pos CFG_SLV_CH1OFFNEG=slv_ch1_offset_neg CFG_SLV_CH2OFFPOS=slv_ch2_offset_pos
            CFG_SLV_CH2OFFNEG=slv_ch2_offset_neg CFG_SLV_COMMOFF=slv_common_offset CFG_SLV_INTVOLTAGE=slv_internal_voltage
            CFG_SLV_CH1ADCGAIN=slv_ch1_adc_gain CFG_SLV_CH1ADCOFF=slv_ch1_adc_offset CFG_SLV_CH2ADCGAIN=slv_ch2_adc_gain
            CFG_SLV_CH2ADCOFF=slv_ch2_adc_offset CFG_SLV_CH1COMPGAIN=slv_ch1_comp_gain CFG_SLV_CH1COMPOFF=slv_ch1_comp_offset
            CFG_SLV_CH2COMPGAIN=slv_ch2_comp_gain CFG_SLV_CH2COMPOFF=slv_ch2_comp_offset
            """,
            ["CFG_MAS_VERSION", "CFG_SLV_VERSION", "CFG_PASSWORD", "CFG_BUFFER"]);

        yield return new EventType(
            "CMP",
            "comparator",
            "HiSPARC comparator messages",
            """
            event_id:U32  timestamp:T32  nanoseconds:U32  ext_timestamp:U64  device:U8  comparator:U8  count:U16
            """,
            """
            CMP_DEVICE=device CMP_COMPARATOR=comparator CMP_COUNT=count
            """,
            []);

        yield return new EventType(
            "SIN",
            "singles",
            "HiSPARC single messages",
            """
            event_id:U32  timestamp:T32  mas_ch1_low:I32=-1  mas_ch1_high:I32=-1  mas_ch2_low:I32=-1  mas_ch2_high:I32=-1
            slv_ch1_low:I32=-1  slv_ch1_high:I32=-1  slv_ch2_low:I32=-1  slv_ch2_high:I32=-1
            """,
            """
            MAS_CH1_LOW=mas_ch1_low MAS_CH1_HIGH=mas_ch1_high MAS_CH2_LOW=mas_ch2_low MAS_CH2_HIGH=mas_ch2_high SLV_CH1_LOW=slv_ch1_low
            SLV_CH1_HIGH=slv_ch1_high SLV_CH2_LOW=slv_ch2_low SLV_CH2_HIGH=slv_ch2_high
            """,
            []);

        yield return new EventType(
            "SAT",
            "satellites",
            "HiSPARC satellite messages",
            """
            event_id:U32  timestamp:T32  min_n:U16  mean_n:F32  max_n:U16  min_signal:U16  mean_signal:F32  max_signal:U16
            """,
            """
            MIN_N=min_n MEAN_N=mean_n MAX_N=max_n MIN_SIGNAL=min_signal MEAN_SIGNAL=mean_signal MAX_SIGNAL=max_signal
            """,
            []);

        yield return new EventType(
            "WTR",
            "weather",
            "HiSPARC weather data",
            """
            event_id:U32  timestamp:T32  temp_inside:F32  temp_outside:F32  humidity_inside:I16  humidity_outside:I16  barometer:F32
            wind_dir:I16  wind_speed:I16  solar_rad:I16  uv:I16  evapotranspiration:F32  rain_rate:F32  heat_index:I16  dew_point:F32
            wind_chill:F32
            """,
            """
            WTR_TEMP_INSIDE=temp_inside WTR_TEMP_OUTSIDE=temp_outside WTR_HUMIDITY_INSIDE=humidity_inside
            WTR_HUMIDITY_OUTSIDE=humidity_outside WTR_BAROMETER=barometer WTR_WIND_DIR=wind_dir WTR_WIND_SPEED=wind_speed
            WTR_SOLAR_RAD=solar_rad WTR_UV=uv WTR_ET=evapotranspiration WTR_RAIN_RATE=rain_rate WTR_HEAT_INDEX=heat_index
            WTR_DEW_POINT=dew_point WTR_WIND_CHILL=wind_chill
            """,
            []);

        yield return new EventType(
            "WER",
            "weather_errors",
            "HiSPARC weather error messages",
            """
            event_id:U32  timestamp:T32  messages:I32=-1
            """,
            """
            WER_ERRMSG=messages
            """,
            ["WER_ERRMSG"]);

        yield return new EventType(
            "WCG",
            "weather_config",
            "HiSPARC weather configuration messages",
            """
            event_id:U32  timestamp:T32  com_port:U8  baud_rate:I16  station_id:U32  database_name:I32=-1  help_url:I32=-1  daq_mode:B8
            latitude:F64  longitude:F64  altitude:F64  temperature_inside:B8  temperature_outside:B8  humidity_inside:B8
            humidity_outside:B8  barometer:B8  wind_direction:B8  wind_speed:B8  solar_radiation:B8  uv_index:B8  evapotranspiration:B8
            rain_rate:B8  heat_index:B8  dew_point:B8  wind_chill:B8  offset_inside_temperature:F32  offset_outside_temperature:F32
            offset_inside_humidity:I16  offset_outside_humidity:I16  offset_wind_direction:I16  offset_station_altitude:F32
            offset_bar_sea_level:F32
            """,
            """
            WCG_COM_PORT=com_port WCG_BAUD_RATE=baud_rate WCG_STATION_ID=station_id WCG_DATABASE_NAME=database_name WCG_HELP_URL=help_url
            WCG_DAQ_MODE=daq_mode WCG_LATITUDE=latitude WCG_LONGITUDE=longitude WCG_ALTITUDE=altitude
            WCG_TEMPERATURE_INSIDE=temperature_inside WCG_TEMPERATURE_OUTSIDE=temperature_outside WCG_HUMIDITY_INSIDE=humidity_inside
            WCG_HUMIDITY_OUTSIDE=humidity_outside WCG_BAROMETER=barometer WCG_WIND_DIRECTION=wind_direction WCG_WIND_SPEED=wind_speed
            WCG_SOLAR_RADIATION=solar_radiation WCG_UV_INDEX=uv_index WCG_EVAPOTRANSPIRATION=evapotranspiration WCG_RAIN_RATE=rain_rate
            WCG_HEAT_INDEX=heat_index WCG_DEW_POINT=dew_point WCG_WIND_CHILL=wind_chill
            WCG_OFFSET_INSIDE_TEMPERATURE=offset_inside_temperature WCG_OFFSET_OUTSIDE_TEMPERATURE=offset_outside_temperature
            WCG_OFFSET_INSIDE_HUMIDITY=offset_inside_humidity WCG_OFFSET_OUTSIDE_HUMIDITY=offset_outside_humidity
            WCG_OFFSET_WIND_DIRECTION=offset_wind_direction WCG_OFFSET_STATION_ALTITUDE=offset_station_altitude
            WCG_OFFSET_BAR_SEA_LEVEL=offset_bar_sea_level
            """,
            ["WCG_HELP_URL", "WCG_DATABASE_NAME"]);

        yield return new EventType(
            "LIT",
            "lightning",
            "HiSPARC lightning data",
            """
            event_id:U32  timestamp:T32  corr_distance:I16  uncorr_distance:I16  uncorr_angle:F32  corr_angle:F32
            """,
            """
            LIT_CORR_DIST=corr_distance LIT_UNCORR_DIST=uncorr_distance LIT_UNCORR_ANGLE=uncorr_angle LIT_CORR_ANGLE=corr_angle
            """,
            []);

        yield return new EventType(
            "LER",
            "lightning_errors",
            "HiSPARC lightning error messages",
            """
            event_id:U32  timestamp:T32  messages:I32=-1
            """,
            """
            LER_ERRMSG=messages
            """,
            ["LER_ERRMSG"]);

        yield return new EventType(
            "LCG",
            "lightning_config",
            "HiSPARC lightning configuration messages",
            """
            event_id:U32  timestamp:T32  com_port:U8  baud_rate:I16  station_id:U32  database_name:I32=-1  help_url:I32=-1  daq_mode:B8
            latitude:F64  longitude:F64  altitude:F64  squelch_seting:I32  close_alarm_distance:I32  severe_alarm_distance:I32
            noise_beep:B8  minimum_gps_speed:I32  angle_correction:F32
            """,
            """
            LCG_COM_PORT=com_port LCG_BAUD_RATE=baud_rate LCG_STATION_ID=station_id LCG_DATABASE_NAME=database_name LCG_HELP_URL=help_url
            LCG_DAQ_MODE=daq_mode LCG_LATITUDE=latitude LCG_LONGITUDE=longitude LCG_ALTITUDE=altitude LCG_SQUELCH_SETTING=squelch_seting
            LCG_CLOSE_ALARM_DISTANCE=close_alarm_distance LCG_SEVERE_ALARM_DISTANCE=severe_alarm_distance LCG_NOISE_BEEP=noise_beep
            LCG_MINIMUM_GPS_SPEED=minimum_gps_speed LCG_ANGLE_CORRECTION=angle_correction
            """,
            ["LCG_HELP_URL", "LCG_DATABASE_NAME"]);

        yield return new EventType(
            "LST",
            "lightning_status",
            "HiSPARC lightning status messages",
            """
            event_id:U32  timestamp:T32  close_rate:I16  total_rate:I16  close_alarm:B8  sever_alarm:B8  current_heading:F32
            """,
            """
            LST_CLOSE_RATE=close_rate LST_TOTAL_RATE=total_rate LST_CLOSE_ALARM=close_alarm LST_SEVERE_ALARM=sever_alarm
            LST_CURR_HEADING=current_heading
            """,
            []);

        yield return new EventType(
            "LNS",
            "lightning_noise",
            "HiSPARC lightning noise messages",
            """
            event_id:U32  timestamp:T32
            """,
            "",
            []);
    }
}
